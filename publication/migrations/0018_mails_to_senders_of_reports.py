import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0017_ask_senders_of_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('planned', 'Chờ gửi'), ('sending', 'Đang gửi'), ('sent', 'Đã gửi'), ('refused', 'Máy chủ thư từ chối'), ('unclear', 'Không rõ đã gửi hay chưa')], default='planned', max_length=10, verbose_name='tình trạng')),
                ('planned_at', models.DateTimeField(verbose_name='lập lúc')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='nhận gửi lúc')),
                ('error', models.TextField(blank=True, verbose_name='lỗi')),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mail', to='publication.reportact', verbose_name='việc đã làm')),
            ],
            options={
                'verbose_name': 'thư gửi người phản ánh',
                'verbose_name_plural': 'thư gửi người phản ánh',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['state', 'id'], name='report_mail_by_state')],
            },
        ),
    ]
