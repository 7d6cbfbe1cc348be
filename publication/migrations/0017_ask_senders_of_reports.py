from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0001_squashed_0016_frozen_forms'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='report',
            name='report_closed_with_its_answer',
        ),
        migrations.AlterField(
            model_name='report',
            name='state',
            field=models.CharField(choices=[('sent', 'Đã gửi, chờ tiếp nhận'), ('received', 'Đã tiếp nhận, đang xử lý'), ('asked', 'Chờ người gửi bổ sung'), ('supplied', 'Người gửi đã bổ sung, đang xử lý'), ('answered', 'Đã trả lời'), ('rejected', 'Từ chối xử lý')], default='sent', max_length=10, verbose_name='tình trạng'),
        ),
        migrations.AlterField(
            model_name='reportact',
            name='kind',
            field=models.CharField(choices=[('received', 'Tiếp nhận'), ('forwarded', 'Chuyển'), ('asked', 'Đề nghị bổ sung'), ('supplied', 'Bổ sung'), ('answered', 'Trả lời'), ('rejected', 'Từ chối')], max_length=10, verbose_name='việc'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('closed_at', None), ('state__in', ['sent', 'received', 'asked', 'supplied'])), models.Q(('closed_at__isnull', False), ('state__in', ['answered', 'rejected']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='report_closed_with_its_answer', violation_error_message='Phản ánh đã xử lý thì phải có trả lời và giờ trả lời.'),
        ),
    ]
