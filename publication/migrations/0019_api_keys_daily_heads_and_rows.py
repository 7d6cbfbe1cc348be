
import django.db.models.deletion
import publication.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0001_squashed_0006_files_of_forms'),
        ('publication', '0018_mails_to_senders_of_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='DailyHead',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False, verbose_name='ngày')),
                ('sequence', models.PositiveBigIntegerField(verbose_name='sự kiện cuối')),
                ('digest', models.CharField(max_length=64, verbose_name='mã băm')),
            ],
            options={
                'verbose_name': 'đầu chuỗi của ngày',
                'verbose_name_plural': 'đầu chuỗi của các ngày',
                'ordering': ['day'],
            },
        ),
        migrations.AddField(
            model_name='listing',
            name='row',
            field=models.TextField(blank=True, help_text='JSON mà API trả lời trong danh sách; lập cùng lúc với bản công khai.', verbose_name='dòng trong danh sách'),
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Hệ thống nào dùng khóa, ai phụ trách.', max_length=200, verbose_name='dùng cho')),
                ('scopes', models.JSONField(validators=[publication.validators.validate_api_scopes], verbose_name='phạm vi')),
                ('prefix', models.CharField(editable=False, help_text='Phần không bí mật, để nhận ra khóa trong cấu hình và nhật ký.', max_length=12, unique=True, verbose_name='đầu khóa')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='cấp lúc')),
                ('created_by', models.CharField(blank=True, editable=False, max_length=300, verbose_name='người cấp')),
                ('expires_on', models.DateField(blank=True, help_text='Để trống: không có hạn.', null=True, verbose_name='dùng đến hết ngày')),
                ('last_seen_at', models.DateTimeField(editable=False, null=True, verbose_name='dùng lần cuối')),
                ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='thu hồi lúc')),
                ('revoked_by', models.CharField(blank=True, editable=False, max_length=300, verbose_name='người thu hồi')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to='catalog.agency', verbose_name='cơ quan')),
            ],
            options={
                'verbose_name': 'khóa truy cập API',
                'verbose_name_plural': 'khóa truy cập API',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', '')), ('revoked_at__gte', models.F('created_at')), _connector='OR'), name='api_token_revoked_after_it_was_made', violation_error_message='Khóa không thể bị thu hồi trước khi được cấp.')],
            },
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(condition=models.Q(('in_force_at__isnull', False)), fields=['sort_key', 'code'], name='listing_told_by_name'),
        ),
    ]
