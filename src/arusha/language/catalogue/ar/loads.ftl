## ما يقوله فحص المستخلص والتحميل على الشاشة، وما يسبق العلاج.

what-to-do = ما العمل: { $remedy }
load-look = المطابقة { $mapping }: عدد الملفات المقروءة { $files }، ولم يُخزَّن شيء.
load-blocked = لن يخزّن التحميل شيئًا قبل تصحيح ما يلي:
load-absent = غائبة: { $columns }
load-empty = فارغة: { $columns }
load-constant = ثابتة: { $columns }
load-day-only = { $column }: عدد الصفوف التي لا يُعرف فيها إلا اليوم { $n }
load-absent-tables = جداول غير موجودة: { $tables }
load-would = ما سيُستبعد:
load-known-values = يعرف العقد { $values }؛ ويُصرّح بقيمة مقابل أخرى في ملف التعديل (`lookup`).
load-reason = عدد الصفوف من { $table }: { $n }؛ { $reason }. { $meaning }
load-example = { $path }، السطر { $line }: { $cells }
load-not-read = لم يُقرأ:
load-not-read-columns = { $path }: الأعمدة { $columns }
load-not-read-file = { $path }: ليس من جداول المطابقة
load-note = ملاحظة: { $note }
load-rows = الصفوف: { $n }
load-aside = صفوف مستبعدة: { $n } من { $path } لجدول { $table }: { $reason }، من السطر { $line }. { $meaning }
load-file = { $path }: الصفوف المقروءة { $rows } = المقبولة { $accepted } + المستبعدة { $aside }
load-file-no-table = { $file } + ما لا يخص أي جدول { $n }
load-workspace = مساحة العمل هي { $path }
