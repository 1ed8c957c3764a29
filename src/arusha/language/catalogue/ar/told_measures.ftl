## What is wrong with a panel, an evaluation's files, a summary or an audit of fairness, and what to do (told-do-).

told-panel-log = نتيجة قيمتها 0 لا لوغاريتم لها
told-panel-no-value = لا قيمة في { $name }
told-panel-negative = العدد أقل من 0
told-panel-when = يجب أن يُذكر متى بدأ الإجراء
told-panel-zero-one = قيمة treated ليست 0 ولا 1
told-panel-window = كُتب periods بطريقة غير طريقة فترات اللوحة
told-panel-no-row = لم يبق أي صف
told-panel-header-twice = العمود { $cell } موجود مرتين
told-panel-exposure = قيمة التعرض ليست موجبة
told-panel-cluster = وحدة تغيّر مجموعتها
told-panel-twice = الوحدة نفسها والفترة نفسها واردتان مرتين
told-panel-gap =
    { $kind ->
        [month] الشهر
        [quarter] ربع السنة
       *[other] الفترة
    } { $period } لا صفوف لأي وحدة
told-panel-late = تظهر الوحدة متأخرة، في { $period }
told-panel-early = تنتهي الوحدة مبكرًا، في { $period }
told-panel-hole = الفترة { $period } غير موجودة
told-panel-off = يتوقف الإجراء في { $period }
told-ev-register = السطر { $line } ليس قيدًا في سجل
told-no-workspace = لا توجد مساحة عمل
told-file-exists = الملف موجود من قبل
told-pool-no-result = ليس ملف نتيجة تقييم
told-pool-differ = تختلف التقييمات في المقياس أو في الاتجاه المرغوب
told-pool-same = إنه التقييم نفسه
told-pool-few = لا يكفي للتلخيص عدد التقديرات { $n }
told-threshold-none = لا تحوي السجلات حدًّا باسم { $name }
told-threshold-several = تحوي السجلات حدودًا بهذا الاسم عددها { $n }
told-threshold-outcome = لا تحوي السجلات نتيجة باسم { $name }
told-panel-own-floors = للخطة حدود دنيا أو خيارات خاصة بها: فمن لوحتين كهذه يُعرف ما فعله موظف واحد
told-panel-cuts =
    فترة الخطة تقطع { $span ->
        [quarter] ربع سنة
       *[other] شهرًا
    } في { $day }: فمن لوحتين كهذه يُعرف جزء منه
told-panel-ending = ينتهي اسم اللوحة بـ .csv أو .parquet
told-panel-not-written = لا يمكن كتابة اللوحة ({ $why })
told-panel-no-period = { $period } ليست فترة
told-panel-needs = يلزمه { $needs }
told-panel-none = لا يعطي لوحة: فليس له أعداد بحسب المكتب والفترة
told-panel-none-assignment-steering = لا يعطي لوحة: فعدد المرات التي يلتقي فيها مصرّح بموظف لا يُتوقع إلا ممن صرّح وممن عمل في الأيام نفسها: نسبة يُعاد أساسها في كل فترة، فيختفي فيها كل تغير عام
told-panel-none-value-shortfall = لا يعطي لوحة: فالقيمة لا تكون منخفضة إلا قياسًا بما يصرّح به آخرون عن البضائع نفسها في الوقت نفسه: نسبة يُعاد أساسها في كل فترة؛ ولو قيست بأسعار وقت ثابت لعدّت اللوحة السوق العالمية
told-no-question = لا شيء هنا يطرح { $question }
told-panel-no-office = لا يُعدّ أي مكتب باسم { $office }
told-panel-not-period = { $label } ليست فترة
told-panel-other-period =
    { $label } ليس { $span ->
        [quarter] ربع سنة
       *[other] شهرًا
    }
told-panel-base-empty =
    لا يقع { $span ->
        [quarter] ربع سنة كامل
       *[other] شهر كامل
    } في خط الأساس: تبدأ اللوحة في { $first }
told-panel-base-late = يمتد خط الأساس إلى { $last }، ويبدأ الإجراء في { $start }
told-fair-unread = لا يمكن قراءة قائمة المجموعات
told-fair-columns = تحتاج قائمة المجموعات إلى عمود `person` ومن 1 إلى 20 عمودًا آخر، كل منها باسم لا يتكرر
told-fair-twice = ورد شخص مرتين في قائمة المجموعات
told-fair-long = لم ينته التدقيق خلال { $seconds } ثانية
told-fair-failed = أخفقت العملية المختومة
told-fair-unasked = لا يمكن طرح { $question } على هذه السجلات
told-fair-nobody = لا يفحص { $question } أحدًا

told-do-panel-log = استعملوا المقياس rate، أو فترات أطول.
told-do-panel-no-value = أكملوها من السجلات؛ أو اتركوا الوحدة بـ exclude، أو الفترة بـ periods.
told-do-panel-negative = صححوا الصف. وما يمكن أن يقل عن 0 ليس عددًا للحالات: احذفوا exposure من الخطة واستعملوا المقياس level.
told-do-panel-when = اذكروا first_treated (أول فترة للوحدة تحت الإجراء) أو treated (0 أو 1 لكل صف)، لا كليهما.
told-do-panel-zero-one = اكتبوا 0 أو 1.
told-do-panel-window = اكتبوه على نحو { $like }.
told-do-panel-no-row = راجعوا ما في الملف وما كُتب في exclude وفي periods.
told-do-panel-header-twice = أعطوا كل عمود اسمًا خاصًا به.
told-do-panel-exposure = استعملوا فترات أطول، أو اتركوا الوحدة.
told-do-panel-cluster = اجمعوا بحسب ما لا يتغير.
told-do-panel-twice = اجمعوا الصفوف، أو صححوا الاسم.
told-do-panel-gap = أضيفوها، أو أبقوا الفترات التي في جانب واحد منها (periods).
told-do-panel-late = اتركوها (exclude)، أو ابدؤوا اللوحة حين تكون كل الوحدات موجودة (periods).
told-do-panel-early = اتركوها (exclude)، أو أنهوا اللوحة هناك (periods).
told-do-panel-hole = أضيفوا الصف (فالعدد 0 قيمة)، أو اتركوا الوحدة (exclude).
told-do-panel-off = أنهوا اللوحة قبله (periods)، أو اتركوا الوحدة (exclude)، أو قيّموا التوقف بوصفه إجراءً مستقلًّا.
told-do-ev-register = استعيدوا الملف من نسخة: فمن دونه لا يُعرف ما سُجل ومتى.
told-do-no-workspace = سمّوا مجلد مساحة العمل، مثل NAME.arusha.
told-do-file-exists = سمّوا ملفًا آخر، أو استعملوا --force.
told-do-pool-no-result = قدّموا result.json لكل تقييم.
told-do-pool-differ = اجمعوا ما يقيس بالطريقة نفسها.
told-do-pool-same = قدّموا كل تقييم مرة واحدة.
told-do-pool-few = قدّموا تقييمين أو أكثر.
told-do-threshold-file = راجعوا ما كُتب في data من الخطة.
told-do-thresholds-are = حدودها هي { $names }.
told-do-threshold-load = حمّلوا جدول الحدود thresholds.
told-do-threshold-several = أعطوا كلًّا منها اسمًا خاصًّا، أو صدّروا بيانات أحدها إلى ملف واذكروه في data.
told-do-threshold-outcome = اختاروا من { $known }.
told-do-panel-own-floors = احذفوها، أو اجعلوا السؤال نافذًا بموجب الميثاق.
told-do-panel-cuts =
    ابدؤوا فترتها وأنهوها بأول يوم من { $span ->
        [quarter] ربع السنة
       *[other] الشهر
    }، أو احذفوها.
told-do-panel-ending = سمّوا ملفًا آخر.
told-do-panel-not-written = سمّوا بـ --out مجلدًا موجودًا فيه متسع.
told-do-one-of = واحد من: { $known }.
told-do-panel-needs = حمّلوا سجلات فيها ذلك.
told-do-panel-give = الأسئلة التي تعطي لوحات: { $known }.
told-do-did-you-mean = هل تقصدون { $known }؟
told-do-write-like = اكتبوا { $like }.
told-do-panel-base-empty = اذكروا يومًا لاحقًا، أو بداية لاحقة.
told-do-panel-base-late = أنهوا خط الأساس قبل أول بداية: فالمتوقَّع يجب ألا يحوي ما سيُحكم به عليه.
told-do-fair-unread = قدّموا ملف CSV بترميز UTF-8 يحق لكم قراءته.
told-do-fair-columns = اكتبوا في السطر الأول person,grade,gender,... وبعده صف واحد لكل شخص.
told-do-fair-twice = أبقوا صفًا واحدًا لكل شخص.
told-do-fair-long = امنحوه وقتًا أطول.
told-do-fair-failed = تأكدوا من أن مساحة العمل قابلة للتقييم.
told-do-fair-needs = يلزمه { $needs }.
told-do-fair-nobody = دققوه بسجلات أكثر.
