## ما الخطأ في مسح أو ملف، وما العمل (told-do-).

told-sv-two-meanings = رمز يدل على جواب وعلى عدم الجواب معًا: { $codes }
told-sv-yes-and-no = رمز يدل على نعم وعلى لا معًا: { $codes }
told-sv-labels-absent = عدد التسميات الناقصة { $n } من { $size } ({ $rows })
told-sv-populations = للطبقة الواحدة (أو العنقود) مجتمعان من { $first } و{ $second } وحدة
told-sv-one-cluster = لا يُعرف الخطأ في { $labels }: كله في عنقود واحد
told-sv-probability = احتمال خارج ما بين 0 و1
told-sv-group-one-cluster = مجموعة تقع في عنقود واحد: لا يُعرف كيف كانت ستختلف مع غيره
told-sv-no-respondents = عدد المجيبين { $n }
told-sv-reach = القوة المطلوب بلوغها { $reach }
told-sv-counts-alike = كل أعداد كل قائمة متساوية، وهذا لا يدل على مقدار اليقين
told-sv-level = مستوى قدره { $level }
told-sv-waves-named = جولتان تحملان اسمًا واحدًا
told-sv-no-share = { $value } ليست نسبة، وأسوأ قيمة وأفضل قيمة له نسبتان
told-do-sv-two-meanings = اذكروا كل رمز مرة واحدة.
told-do-sv-yes-and-no = اذكروا كل رمز مرة واحدة.
told-do-sv-labels-absent = بيّنوا موضع كل مجيب؛ فالناقصون يصيرون مجموعة مستقلة.
told-do-sv-populations = أعطوا الطبقة كلها عدد الوحدات التي تضمها.
told-do-sv-one-cluster = اذكروا أزواجًا من دونه؛ وحيث يراد مقارنة كل مكتب فالمكتب طبقة.
told-do-sv-probability = أعطوا 0.5 للوسيط.
told-do-sv-group-one-cluster = قارنوا مجموعات موجودة في عدة عناقيد.
told-do-sv-no-respondents = أعطوا واحدًا أو أكثر.
told-do-sv-reach = أعطوا قوة بين 0 و1.
told-do-sv-counts-alike = راجعوا العمود؛ فقائمة لا يصدق منها شيء على أحد (أو تصدق كلها على الجميع) لا تحمي أحدًا أيضًا.
told-do-sv-level = أعطوا 0.95 لنسبة 95%.
told-do-sv-waves-named = سمّوا كلًّا منهما بتاريخها.
told-do-sv-no-share = اكتبوا 0.41 لنسبة 41%، أو أعطوا worst وbest بالمئة أيضًا.
