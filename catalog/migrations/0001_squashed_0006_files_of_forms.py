import catalog.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('catalog', '0001_initial'),
        ('catalog', '0002_agency_code_without_period'),
        ('catalog', '0003_people_and_confirmed_days'),
        ('catalog', '0004_confirm_existing_days'),
        ('catalog', '0005_reasons_of_any_length'),
        ('catalog', '0006_files_of_forms'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Field',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, unique=True, verbose_name='tên lĩnh vực')),
                ('slug', models.SlugField(max_length=200, unique=True, verbose_name='đường dẫn')),
                ('code', models.CharField(blank=True, max_length=30, verbose_name='mã quốc gia')),
            ],
            options={
                'verbose_name': 'lĩnh vực',
                'verbose_name_plural': 'lĩnh vực',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Không đổi tên tại chỗ: khi cơ quan đổi tên, lập cơ quan mới và nối kế thừa.', max_length=300, verbose_name='tên cơ quan')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='tên viết tắt')),
                ('slug', models.SlugField(max_length=200, unique=True, verbose_name='đường dẫn')),
                ('kind', models.CharField(choices=[('ministry', 'Bộ, cơ quan ngang bộ'), ('central_unit', 'Đơn vị của trung ương'), ('province', 'Ủy ban nhân dân tỉnh'), ('department', 'Sở, ban, ngành'), ('service_centre', 'Trung tâm Phục vụ hành chính công'), ('district', 'Ủy ban nhân dân cấp huyện'), ('commune', 'Ủy ban nhân dân cấp xã'), ('other', 'Cơ quan khác')], max_length=20, verbose_name='loại')),
                ('level', models.CharField(choices=[('ministry', 'Cấp bộ'), ('province', 'Cấp tỉnh'), ('district', 'Cấp huyện'), ('commune', 'Cấp xã'), ('other', 'Cơ quan khác')], max_length=10, verbose_name='cấp')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='có từ ngày')),
                ('valid_to', models.DateField(blank=True, help_text='Để trống khi đang hoạt động.', null=True, verbose_name='đến hết ngày')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='địa chỉ')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='điện thoại')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='catalog.agency', verbose_name='cơ quan cấp trên')),
                ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='catalog.agency', verbose_name='cơ quan kế thừa')),
            ],
            options={
                'verbose_name': 'cơ quan',
                'verbose_name_plural': 'cơ quan',
                'ordering': ['name', 'pk'],
                'indexes': [models.Index(fields=['name'], name='agency_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='agency_valid_to_not_before_valid_from', violation_error_message='Ngày kết thúc của cơ quan phải sau ngày bắt đầu.')],
            },
        ),
        migrations.CreateModel(
            name='AgencyCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('qcvn_102', 'QCVN 102:2016/BTTTT'), ('decision_20_2020', 'QĐ 20/2020/QĐ-TTg'), ('gso', 'Tổng cục Thống kê')], max_length=20, verbose_name='bộ mã')),
                ('code', models.CharField(max_length=20, verbose_name='mã')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='dùng từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='catalog.agency', verbose_name='cơ quan')),
            ],
            options={
                'verbose_name': 'mã cơ quan',
                'verbose_name_plural': 'mã cơ quan',
                'ordering': ['scheme', 'code', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code', 'valid_from'), name='agency_code_once_per_period', violation_error_message='Mã này đã cấp cho cơ quan khác trong cùng thời gian.'), models.UniqueConstraint(condition=models.Q(('valid_from', None)), fields=('scheme', 'code'), name='agency_code_once_without_period', violation_error_message='Mã này đã cấp cho cơ quan khác.')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='ngày')),
                ('kind', models.CharField(choices=[('day_off', 'Nghỉ'), ('make_up', 'Làm bù')], max_length=10, verbose_name='loại')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('source', models.CharField(blank=True, help_text='Văn bản quyết định ngày này.', max_length=200, verbose_name='căn cứ')),
                ('confirmed_at', models.DateTimeField(blank=True, help_text='Ngày do máy đề xuất chưa được tính vào hạn cho đến khi có người xác nhận.', null=True, verbose_name='xác nhận lúc')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xác nhận')),
            ],
            options={
                'verbose_name': 'ngày nghỉ, ngày làm bù',
                'verbose_name_plural': 'ngày nghỉ, ngày làm bù',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalProcedure',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('actor_name', models.CharField(blank=True, max_length=300, verbose_name='người thực hiện')),
                ('code', models.CharField(db_index=True, help_text='Tám ký tự của mã quốc gia, ví dụ 1.004222.', max_length=8, validators=[catalog.validators.validate_procedure_code], verbose_name='mã thủ tục')),
                ('name', models.CharField(max_length=1500, verbose_name='tên thủ tục')),
                ('scope', models.CharField(choices=[('citizen', 'Người dân, doanh nghiệp'), ('internal', 'Nội bộ cơ quan nhà nước')], default='citizen', max_length=10, verbose_name='phạm vi')),
                ('online_eligible', models.BooleanField(default=False, verbose_name='đủ điều kiện trực tuyến')),
                ('online_level', models.CharField(choices=[('none', 'Chưa cung cấp trực tuyến'), ('partial', 'Trực tuyến một phần'), ('full', 'Trực tuyến toàn trình')], default='none', max_length=10, verbose_name='mức độ trực tuyến')),
                ('partial_reason', models.CharField(blank=True, choices=[('in_person', 'Phải có mặt trực tiếp'), ('on_site_check', 'Phải kiểm tra thực địa'), ('technical_fault', 'Sự cố kỹ thuật'), ('other_technical', 'Lý do kỹ thuật khác')], max_length=20, verbose_name='lý do chưa toàn trình')),
                ('partial_reason_basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ của lý do')),
                ('local_regulation', models.CharField(choices=[('not_assigned', 'Không được luật giao cho địa phương quy định'), ('assigned', 'Được luật giao quy định chi tiết'), ('other', 'Loại khác'), ('unknown', 'Chưa rõ')], default='unknown', max_length=15, verbose_name='luật giao địa phương quy định')),
                ('levels', models.JSONField(blank=True, default=list, validators=[catalog.validators.validate_levels], verbose_name='cấp thực hiện')),
                ('audiences', models.JSONField(blank=True, default=list, validators=[catalog.validators.validate_audiences], verbose_name='đối tượng thực hiện')),
                ('content', models.JSONField(blank=True, default=dict, validators=[catalog.validators.validate_content], verbose_name='nội dung')),
                ('abolished_on', models.DateField(blank=True, null=True, verbose_name='bãi bỏ từ ngày')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='nhập lúc')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('field', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.field', verbose_name='lĩnh vực')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead_agency', models.ForeignKey(blank=True, db_constraint=False, help_text='Sở, ban, ngành chịu trách nhiệm trình công bố thủ tục này.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.agency', verbose_name='cơ quan chủ trì trong tỉnh')),
            ],
            options={
                'verbose_name': 'historical thủ tục hành chính',
                'verbose_name_plural': 'historical thủ tục hành chính',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LifeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('citizen', 'Công dân'), ('business', 'Doanh nghiệp')], max_length=10, verbose_name='nhóm')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('slug', models.SlugField(max_length=140, unique=True, verbose_name='đường dẫn')),
                ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
            ],
            options={
                'verbose_name': 'sự kiện',
                'verbose_name_plural': 'sự kiện',
                'ordering': ['group', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('group', 'name'), name='life_event_once_per_group', violation_error_message='Nhóm này đã có sự kiện cùng tên.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='catalog.agency', verbose_name='cơ quan')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
            ],
            options={
                'verbose_name': 'cán bộ của cơ quan',
                'verbose_name_plural': 'cán bộ của cơ quan',
                'ordering': ['agency', 'user'],
                'constraints': [models.UniqueConstraint(fields=('user', 'agency'), name='membership_once_per_agency', violation_error_message='Người này đã thuộc cơ quan này.')],
            },
        ),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Tám ký tự của mã quốc gia, ví dụ 1.004222.', max_length=8, unique=True, validators=[catalog.validators.validate_procedure_code], verbose_name='mã thủ tục')),
                ('name', models.CharField(max_length=1500, verbose_name='tên thủ tục')),
                ('scope', models.CharField(choices=[('citizen', 'Người dân, doanh nghiệp'), ('internal', 'Nội bộ cơ quan nhà nước')], default='citizen', max_length=10, verbose_name='phạm vi')),
                ('online_eligible', models.BooleanField(default=False, verbose_name='đủ điều kiện trực tuyến')),
                ('online_level', models.CharField(choices=[('none', 'Chưa cung cấp trực tuyến'), ('partial', 'Trực tuyến một phần'), ('full', 'Trực tuyến toàn trình')], default='none', max_length=10, verbose_name='mức độ trực tuyến')),
                ('partial_reason', models.CharField(blank=True, choices=[('in_person', 'Phải có mặt trực tiếp'), ('on_site_check', 'Phải kiểm tra thực địa'), ('technical_fault', 'Sự cố kỹ thuật'), ('other_technical', 'Lý do kỹ thuật khác')], max_length=20, verbose_name='lý do chưa toàn trình')),
                ('partial_reason_basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ của lý do')),
                ('kind', models.GeneratedField(db_persist=True, expression=models.Case(models.When(scope='internal', then=models.Value('internal')), models.When(online_eligible=True, then=models.Value('online_eligible')), default=models.Value('regular')), output_field=models.CharField(choices=[('internal', 'Thủ tục nội bộ'), ('online_eligible', 'Đủ điều kiện trực tuyến'), ('regular', 'Thủ tục thông thường')], max_length=20), verbose_name='loại thủ tục')),
                ('local_regulation', models.CharField(choices=[('not_assigned', 'Không được luật giao cho địa phương quy định'), ('assigned', 'Được luật giao quy định chi tiết'), ('other', 'Loại khác'), ('unknown', 'Chưa rõ')], default='unknown', max_length=15, verbose_name='luật giao địa phương quy định')),
                ('levels', models.JSONField(blank=True, default=list, validators=[catalog.validators.validate_levels], verbose_name='cấp thực hiện')),
                ('audiences', models.JSONField(blank=True, default=list, validators=[catalog.validators.validate_audiences], verbose_name='đối tượng thực hiện')),
                ('content', models.JSONField(blank=True, default=dict, validators=[catalog.validators.validate_content], verbose_name='nội dung')),
                ('abolished_on', models.DateField(blank=True, null=True, verbose_name='bãi bỏ từ ngày')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='procedures', to='catalog.field', verbose_name='lĩnh vực')),
                ('further_fields', models.ManyToManyField(blank=True, related_name='further_procedures', to='catalog.field', verbose_name='lĩnh vực khác')),
                ('lead_agency', models.ForeignKey(blank=True, help_text='Sở, ban, ngành chịu trách nhiệm trình công bố thủ tục này.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_procedures', to='catalog.agency', verbose_name='cơ quan chủ trì trong tỉnh')),
                ('life_events', models.ManyToManyField(blank=True, related_name='procedures', to='catalog.lifeevent', verbose_name='sự kiện')),
                ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='catalog.procedure', verbose_name='thủ tục thay thế')),
            ],
            options={
                'verbose_name': 'thủ tục hành chính',
                'verbose_name_plural': 'thủ tục hành chính',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('online_eligible', True), ('online_level', 'none'), _connector='OR'), name='procedure_online_level_needs_eligibility', violation_error_message='Thủ tục chưa đủ điều kiện trực tuyến thì không có mức độ trực tuyến.'), models.CheckConstraint(condition=models.Q(('scope', 'citizen'), ('online_eligible', False), _connector='OR'), name='procedure_internal_is_not_online', violation_error_message='Thủ tục nội bộ không thuộc danh mục đủ điều kiện trực tuyến.'), models.CheckConstraint(condition=models.Q(('partial_reason', ''), ('online_level', 'partial'), _connector='OR'), name='procedure_partial_reason_only_when_partial', violation_error_message='Chỉ thủ tục trực tuyến một phần mới ghi lý do chưa toàn trình.')],
            },
        ),
        migrations.CreateModel(
            name='NationalRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('scraped_register', 'Cổng Dịch vụ công quốc gia (bản thu thập)'), ('exported_tables', 'Cổng Dịch vụ công quốc gia (bản xuất có bảng)'), ('national_api', 'Bản ghi JSON quốc gia'), ('national_package', 'Gói dữ liệu quốc gia'), ('national_list', 'Danh mục quốc gia'), ('spreadsheet', 'Bảng Excel của cổng')], max_length=20, verbose_name='nguồn')),
                ('taken_on', models.DateField(verbose_name='ngày lấy')),
                ('raw', models.JSONField(help_text='Đúng như nguồn đã ghi, không sửa.', verbose_name='bản gốc')),
                ('name', models.CharField(max_length=1500, verbose_name='tên thủ tục')),
                ('decision_number', models.CharField(blank=True, max_length=60, verbose_name='số quyết định của Bộ')),
                ('content', models.JSONField(verbose_name='nội dung đọc được')),
                ('recovery', models.JSONField(blank=True, default=dict, help_text='Từng phần: recovered, partly, refused, absent.', verbose_name='mức phục hồi')),
                ('digest', models.CharField(max_length=64, verbose_name='mã băm bản gốc')),
                ('latest', models.BooleanField(default=True, verbose_name='mới nhất')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='national_records', to='catalog.procedure', verbose_name='thủ tục')),
            ],
            options={
                'verbose_name': 'bản ghi quốc gia',
                'verbose_name_plural': 'bản ghi quốc gia',
                'ordering': ['-taken_on', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('latest', True)), fields=('procedure', 'source'), name='national_record_one_latest_per_source', violation_error_message='Mỗi nguồn chỉ có một bản mới nhất của một thủ tục.')],
            },
        ),
        migrations.CreateModel(
            name='FormFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='Đúng như tên mẫu ghi ở thành phần hồ sơ.', max_length=500, verbose_name='tên mẫu')),
                ('version', models.PositiveIntegerField(editable=False, verbose_name='bản')),
                ('sha256', models.CharField(db_index=True, editable=False, max_length=64, verbose_name='mã băm')),
                ('file_name', models.CharField(editable=False, max_length=100, verbose_name='tên tệp')),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='dung lượng')),
                ('media_type', models.CharField(editable=False, max_length=100, verbose_name='loại tệp')),
                ('uploaded_at', models.DateTimeField(editable=False, verbose_name='tải lên lúc')),
                ('uploaded_by_name', models.CharField(blank=True, editable=False, max_length=300, verbose_name='người tải lên')),
                ('uploaded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản tải lên')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='form_files', to='catalog.procedure', verbose_name='thủ tục')),
            ],
            options={
                'verbose_name': 'tệp mẫu đơn',
                'verbose_name_plural': 'tệp mẫu đơn, tờ khai',
                'ordering': ['title', '-version'],
                'constraints': [models.UniqueConstraint(fields=('procedure', 'title', 'version'), name='form_file_version_once', violation_error_message='Có người vừa tải lên một bản khác của mẫu này: tải lại trang rồi làm lại.'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='form_file_has_a_title', violation_error_message='Ghi tên mẫu đúng như ở thành phần hồ sơ.'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='form_file_is_not_empty', violation_error_message='Tệp trống: chọn lại tệp.'), models.CheckConstraint(condition=models.Q(('media_type__in', ['application/msword', 'application/pdf', 'application/rtf', 'application/vnd.ms-excel', 'application/vnd.oasis.opendocument.text', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'])), name='form_file_of_a_known_kind', violation_error_message='Chỉ nhận biểu mẫu dạng PDF, Word, Excel, OpenDocument hoặc RTF.')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureAgency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('reception', 'Nơi tiếp nhận'), ('handling', 'Cơ quan giải quyết'), ('competent', 'Cơ quan có thẩm quyền'), ('coordinating', 'Cơ quan phối hợp'), ('authorised', 'Cơ quan được ủy quyền')], max_length=15, verbose_name='vai trò')),
                ('name_as_written', models.CharField(blank=True, max_length=300, verbose_name='tên trong nguồn')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='catalog.agency', verbose_name='cơ quan')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='catalog.procedure', verbose_name='thủ tục')),
            ],
            options={
                'verbose_name': 'vai trò của cơ quan',
                'verbose_name_plural': 'vai trò của cơ quan',
                'ordering': ['role', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('procedure', 'agency', 'role'), name='agency_role_once_per_procedure', violation_error_message='Cơ quan này đã có vai trò đó trong thủ tục.')],
            },
        ),
        migrations.AddField(
            model_name='procedure',
            name='agencies',
            field=models.ManyToManyField(blank=True, through='catalog.ProcedureAgency', to='catalog.agency', verbose_name='cơ quan liên quan'),
        ),
    ]
