from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0009_ministry_item_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='notice',
            options={'ordering': ['-created_at', '-pk'], 'verbose_name': 'thư báo', 'verbose_name_plural': 'thư báo'},
        ),
        migrations.AddField(
            model_name='failedtask',
            name='count',
            field=models.PositiveIntegerField(default=1, verbose_name='số lần'),
        ),
        migrations.AddField(
            model_name='failedtask',
            name='fingerprint',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='dấu của lỗi'),
        ),
        migrations.AddField(
            model_name='failedtask',
            name='first_failed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='lần đầu lúc'),
        ),
        migrations.AddField(
            model_name='notice',
            name='state',
            field=models.CharField(choices=[('sending', 'Đang gửi'), ('sent', 'Đã gửi'), ('not_sent', 'Chưa gửi được, sẽ thử lại'), ('refused', 'Máy chủ thư từ chối'), ('unclear', 'Không rõ đã gửi hay chưa')], default='sending', max_length=10, verbose_name='tình trạng'),
        ),
        migrations.AlterField(
            model_name='failedtask',
            name='failed_at',
            field=models.DateTimeField(verbose_name='lần cuối lúc'),
        ),
        migrations.AlterField(
            model_name='failedtask',
            name='task_id',
            field=models.CharField(db_index=True, max_length=60, verbose_name='mã việc'),
        ),
        migrations.AddConstraint(
            model_name='failedtask',
            constraint=models.UniqueConstraint(condition=models.Q(('repeated_at', None), models.Q(('fingerprint', ''), _negated=True)), fields=('fingerprint',), name='failed_task_once_until_repeated', violation_error_message='Lỗi này đã được ghi và chưa chạy lại.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='notice_sent_with_its_moment', violation_error_message='Thư đã gửi thì phải có giờ gửi.'),
        ),
    ]
