## التقرير: عناوينه وجمله وأعمدته.

report-title = تقييم النزاهة
skip-to-content = انتقل إلى المحتوى
period-text = من { $start } إلى { $end }
plan-amended = معدَّلة: سُجلت هذه الخطة بعد وجود نتائج خطة أخرى. فلتُقرأ مع مراعاة ذلك. بصمات الخطط السابقة:
chart-numbers = الأرقام التي يقوم عليها هذا الرسم
less-than = أقل من { $value }
missing-columns = { $table } ({ $columns })
no-office = (بلا مكتب)

answer-heading = الجواب في فقرة واحدة
answer-asked = طرحنا { $asked ->
        [one] سؤالًا واحدًا
        [two] سؤالين
        [few] { $asked } أسئلة
        [many] { $asked } سؤالًا
       *[other] { $asked } سؤال
    } على { $declarations ->
        [one] بيان جمركي واحد
        [two] بيانين جمركيين
        [few] { $declarations } بيانات جمركية
        [many] { $declarations } بيانًا جمركيًا
       *[other] { $declarations } بيان جمركي
    } من { $offices ->
        [one] مكتب واحد
        [two] مكتبين
        [few] { $offices } مكاتب
        [many] { $offices } مكتبًا
       *[other] { $offices } مكتب
    }، { $period }.
answer-offices-examined = ولم يُفحص شيء إلا في بعض هذه المكاتب: { $examined } من { $offices }.
answer-not-assessed =
    { $n ->
        [one] وتعذّر تقييم سؤال واحد لنقص السجلات.
        [two] وتعذّر تقييم سؤالين لنقص السجلات.
        [few] وتعذّر تقييم { $n } أسئلة لنقص السجلات.
       *[other] وتعذّر تقييم { $n } سؤالًا لنقص السجلات.
    }
answer-unusual =
    { $unusual ->
        [0] وفيما أمكن تقييمه (الأسئلة: { $assessed }) لا شيء خارج عن المتوقع من دون تفسير في السجلات.
        [one] وفيما أمكن تقييمه (الأسئلة: { $assessed }) هناك بند واحد غير معتاد: يتجاوز الصدفة ولا تفسّره السجلات.
        [two] وفيما أمكن تقييمه (الأسئلة: { $assessed }) هناك بندان غير معتادين: يتجاوزان الصدفة ولا تفسّرهما السجلات.
        [few] وفيما أمكن تقييمه (الأسئلة: { $assessed }) هناك { $unusual } بنود غير معتادة، وعدد الأسئلة التي ظهرت فيها { $questions }: تتجاوز الصدفة ولا تفسّرها السجلات.
       *[other] وفيما أمكن تقييمه (الأسئلة: { $assessed }) هناك { $unusual } بندًا غير معتاد، وعدد الأسئلة التي ظهرت فيها { $questions }: تتجاوز الصدفة ولا تفسّرها السجلات.
    }
answer-whom =
    { $unusual ->
        [one] ويذكر { $whom }.
       *[other] وتذكر { $whom }.
    }
answer-shared = ويذكر بعضها الشخص نفسه وقد يقوم على البيانات الجمركية نفسها: فليست كلها حالات منفصلة.
answer-nothing = وفيما أمكن تقييمه (الأسئلة: { $assessed }) لا شيء خارج عن المتوقع.
answer-explained =
    { $explained ->
        [one] وتجاوز أمر آخر واحد الصدفة، وتفسّره السجلات.
        [two] وتجاوز أمران آخران الصدفة، وتفسّرهما السجلات.
        [few] وتجاوزت { $explained } أمور أخرى الصدفة، وتفسّرها السجلات.
       *[other] وتجاوز { $explained } أمرًا آخر الصدفة، وتفسّرها السجلات.
    }
answer-none-told =
    { $n ->
        [one] ولم يتمكن سؤال واحد منها من فحص شيء: فالسجلات قليلة جدًا، أو هناك سبب سليم يناسبها بالقدر نفسه.
        [two] ولم يتمكن سؤالان منها من فحص شيء: فالسجلات قليلة جدًا، أو هناك سبب سليم يناسبها بالقدر نفسه.
        [few] ولم تتمكن { $n } أسئلة منها من فحص شيء: فالسجلات قليلة جدًا، أو هناك سبب سليم يناسبها بالقدر نفسه.
       *[other] ولم يتمكن { $n } سؤالًا منها من فحص شيء: فالسجلات قليلة جدًا، أو هناك سبب سليم يناسبها بالقدر نفسه.
    }
answer-untold = ويعدّ الجدول ما تعذّر الجزم به تحت «لا يمكن الجزم»: وليس ذلك دليلًا على أن كل شيء هناك على ما يرام.
answer-chance = وبحكم التصميم، لو اتُّبعت القواعد في كل مكان لأظهر { $k } على الأكثر من كل 100 تقييم كهذا شيئًا غير معتاد مع ذلك.
answer-measured = والمقيس: من الإدارات المخترعة بلا أي حيلة، وعددها { $worlds } وعدد الأسئلة في كل منها { $questions }، عدد ما أظهر شيئًا { $hit } ({ $share }).
next-step-none = الخطوة التالية: اقرؤوا ما لم يمكن الجزم به، ولماذا. هذا التقرير وحده لا يبرر أي إجراء بشأن أي شخص.
pseudonyms-sealed = وهوية صاحبه مختومة ولا تُفتح إلا باثنين من حملة المفاتيح.
pseudonyms-unsealed = لم تُختم هوية من وراء الأسماء المستعارة عند تحميل السجلات: فمن لديه ملف المفتاح ورموز الإدارة يستطيع معرفتها منفردًا.
standing-next = تذكر كل صفحة الأسباب العادية التي بُحث عنها أولًا، وما لم تستطع السجلات إظهاره.
overview-caption = ما الذي سُئل، وما الذي نتج
contents-heading = المحتويات

asked-heading = ما الذي سُئل
asked-intro = يقارن كل سؤال السجلات بقواعد الإدارة نفسها، أو بما تُحدثه الصدفة. وقد حُددت الأسئلة والفترة والحدود، وحُفظت بصمتها، قبل وجود أي نتيجة لها. وتذكر صفحة التحقق ما يثبت ذلك.
asked-rates = السؤال عن مكاتب، أو عن أعمال سجّلها موظفون، أو عن أزواج من موظف ومُصرِّح، وليس عن قدر أي شخص. ولا يُجمع شيء عبر الأسئلة.
not-asked = تركت الخطة هذه الأسئلة، فلم تُطرح:

data-heading = السجلات التي قُرئت
data-intro = الصفوف المقروءة = الصفوف المقبولة + الصفوف المستبعدة (المتوقَّعة والمعيبة) + الصفوف التي لا تخص أي جدول، لكل ملف. يُحفظ الصف المستبعد مع سببه ورقم سطره ولا يُستعمل. أما الصفوف التي لا تخص أي جدول فقُرئت وليس منها شيء في السجلات: فالمطابقة لا تضعها في أي جدول، أو يأتي ذلك الجدول من ملف آخر. والملف الذي لا جدول بجانبه يكمّل صفوف ملفات أخرى.
files-caption = الصفوف بحسب الملف
aside-caption = الصفوف المستبعدة بحسب المكتب والسبب
aside-reading = السبب الذي يقع معظمه على مكتب واحد يستحق النظر في ذاته: فالسجلات التالفة تُخفي كما تُضلل.
aside-none = لم يُستبعد أي صف.
noted-heading = ما لاحظه التحميل
noted-intro = قُرئت الصفوف المعنية كما هي مكتوبة. قد يكون ما يُذكر هنا بلا أثر، وقد يكون غيّر جوابًا: يعرف ذلك من يحفظ المصدر. ولا تظهر من خلايا السجلات إلا صورتها.
aside-sum = من الصفوف المستبعدة، وعددها { $n }: متوقَّعة { $expected }، ومعيبة { $faulty }.
aside-expected-what = المتوقَّعة: صفوف يحتفظ بها نظام الإدارة إلى جانب الصفوف المعتدّ بها، مثل الإصدارات السابقة من البيان، والبيانات الملغاة، والقيود التي لم تكن سارية، أو بيان كُتب مرة أخرى مع كل بند من بنوده. وقد تزيد على نصف الملف. وليست عيبًا ولا يضيع بها شيء: فمن كل بيان يُستعمل الإصدار المعتدّ به.
aside-faulty-what = المعيبة: صفوف تخالف الشكل المتفق عليه، أو تتبع صفًا يخالفه. وما كانت تقوله غائب عن كل الإجابات. ويمكن لمن يتولى المصدر أو المطابقة إصلاحها.
aside-expected = متوقَّع
aside-faulty = معيب

column-question = السؤال
column-examined = فُحص
column-unusual = غير معتاد
column-explained = مفسَّر
column-cannot-tell = لا يمكن الجزم
column-file = الملف
column-table = الجدول
column-rows = الصفوف
column-accepted = المقبولة
column-set-aside = المستبعدة
column-aside-expected = مستبعدة متوقَّعة
column-aside-faulty = مستبعدة معيبة
column-aside-kind = متوقَّع أم معيب
column-no-table = بلا جدول
column-share-faulty = نسبة المعيب
column-office = المكتب
column-reason = السبب
column-unit = مَن أو ماذا
column-exposure = الحالات
column-observed = المرصود
column-expected = المتوقع
column-effect = الأثر مع مجاله
effect-relative = الأثر: الفرق عن القاعدة كنسبة منها، مع مجاله.
effect-ratio = الأثر: المرصود مقسومًا على المتوقع بعد التقليص، مع مجاله؛ ولذلك فهو أقرب إلى المتوسط من الأعداد المجاورة، ويزداد قربه كلما قلّت البيانات. القيمة 1 تعني كالمتوقع.
effect-share = الأثر: مقدار زيادة حصة ملفات هذا المُصرِّح التي ذهبت في هذا الاتجاه على حصة الملفات المماثلة لمُصرِّحين آخرين، بعد التقليص، مع مجاله. ولا يُحسب من الأعداد المجاورة: فالمتوقع يشمل ملفات هذا المُصرِّح أيضًا، وما يقوم على بيانات قليلة يُقرَّب من انعدام الفرق.
effect-own = الأثر: بوحدة السؤال نفسه، بعد التقليص، مع مجاله.
effect-column-share = الحصة الزائدة، المجال
effect-column-ratio = المرصود / المتوقع، المجال
effect-column-relative = الفرق عن القاعدة، المجال
effect-column-own = الأثر، المجال
explanation-accounts = وُجد وهو يفسّره
explanation-remains = وُجد ولا يفسّره
column-q = القيمة q
column-word = بالكلمات
column-explanation = التفسير الذي بُحث عنه
column-officer = الموظف
column-declarant = المُصرِّح
column-lane = المسار

# ``units`` is one of the counts below.
units-different = { $units } (المختلفون منهم { $n }، وبعضهم في عدة مكاتب)
units-pair = { $n ->
    [one] زوجًا واحدًا من موظف ومُصرِّح
    [two] زوجين من موظف ومُصرِّح
    [few] { $n } أزواج من موظف ومُصرِّح
    [many] { $n } زوجًا من موظف ومُصرِّح
   *[other] { $n } زوج من موظف ومُصرِّح
}
units-officer = { $n ->
    [one] موظفًا واحدًا
    [two] موظفَين
    [few] { $n } موظفين
    [many] { $n } موظفًا
   *[other] { $n } موظف
}
units-user = { $n ->
    [one] مستخدمًا واحدًا
    [two] مستخدمَين
    [few] { $n } مستخدمين
    [many] { $n } مستخدمًا
   *[other] { $n } مستخدم
}
units-declarant = { $n ->
    [one] مُصرِّحًا واحدًا
    [two] مُصرِّحَين
    [few] { $n } مُصرِّحين
    [many] { $n } مُصرِّحًا
   *[other] { $n } مُصرِّح
}
units-importer = { $n ->
    [one] مستوردًا واحدًا
    [two] مستوردَين
    [few] { $n } مستوردين
    [many] { $n } مستوردًا
   *[other] { $n } مستورد
}
units-office = { $n ->
    [one] مكتبًا واحدًا
    [two] مكتبين
    [few] { $n } مكاتب ومسارات
    [many] { $n } مكتبًا ومسارًا
   *[other] { $n } مكتب ومسار
}
units-declaration = { $n ->
    [one] بيانًا جمركيًا واحدًا
    [two] بيانين جمركيين
    [few] { $n } بيانات جمركية
    [many] { $n } بيانًا جمركيًا
   *[other] { $n } بيان جمركي
}
units-product = { $n ->
    [one] منتجًا واحدًا
    [two] منتجَين
    [few] { $n } منتجات
    [many] { $n } منتجًا
   *[other] { $n } منتج
}

question-sentence =
    شمل الفحص { $units }. { $flagged ->
        [0] ولا شيء منها خارج عن المتوقع من دون تفسير.
        [one] وخرج واحد منها عن المتوقع ولا تفسّره السجلات.
        [two] وخرج اثنان منها عن المتوقع ولا تفسّرهما السجلات.
       *[other] وخرج { $flagged } منها عن المتوقع ولا تفسّرها السجلات.
    }
question-explained =
    { $explained ->
        [one] وخرج واحد آخر عن المتوقع وتفسّره السجلات.
        [two] وخرج اثنان آخران عن المتوقع وتفسّرهما السجلات.
       *[other] وخرج { $explained } أخرى عن المتوقع وتفسّرها السجلات.
    }
question-none-examined = لم تكن لدى أي من الوحدات المرصودة (عددها { $cannot }) بيانات كافية لفحصها.
question-chance = ولو اتُّبعت القاعدة في كل مكان، لأظهر نحو { $k } على الأكثر من كل 100 تقييم كهذا شيئًا في هذا السؤال.

signals-caption = ما خرج عن المتوقع، مفسَّرًا كان أم لا، بترتيب محايد
signals-left-out = صفوف أخرى موجودة في الملف signals.parquet، وعددها { $n }.
verdict-unusual-explained = خرج عن المتوقع، مفسَّر

explanations-heading = أسباب عادية بُحث عنها أولًا
explanations-caption = عدد ما وُجد له كل سبب مما خرج عن المتوقع
explanations-none-needed = لم يخرج شيء عن المتوقع، فلم يلزم البحث عن سبب.
cannot-heading = ما لم يمكن الجزم به
cannot-intro = كانت البيانات هنا أقل من أن تسمح بأي قول، أو كان سبب بريء يوافقها كما يوافقها غيره. ولا يعني ذلك أن كل شيء على ما يرام.
cannot-none = أمكن فحص كل ما رُصد.
method-found = ما كُشف، مقيسًا
method-found-text = عدد الحيل من الأنواع التي يبحث عنها السؤال، وقد وُضعت في إدارات مخترعة كاملة السجلات: { $planted }، كُشف منها { $found } ({ $share })؛ وعدد القوية منها { $strong }، كُشف منها { $strong_found }. وما لم يُشر إليه ليس سليمًا لذلك.
method-found-shared = والحيلة التي تبحث عنها عدة أسئلة تُعد مكشوفة إذا أظهرها أي منها.
method-found-none = غير مقيس: لم توضع أي حيلة من هذا النوع في الإدارات المخترعة.
money-none =
    { $flagged ->
        [0] لا يُذكر أي مبلغ: لا شيء خارج عن المتوقع.
       *[other] لا يُذكر أي مبلغ: لا تعطي السجلات ضريبة معنية لما خرج عن المتوقع.
    }
chart-none-out = شمل الفحص { $units }، ولا شيء منها خارج عن المتوقع
chart-none-unexplained = شمل الفحص { $units }، ولا شيء منها خارج عن المتوقع من دون تفسير
chart-none-ordinary = شمل الفحص { $units }، ولا شيء منها يختلف أكثر مما تختلف مثيلاتها عادةً
chart-headline-untold = { $headline }؛ وعدد ما تعذّر الجزم به غير ذلك { $n }

method-heading = كيف حُسب هذا
method-unit = ما الذي يُقارن
method-null = ما يُعد صحيحًا حتى تقول السجلات غير ذلك
method-statistic = الاختبار
method-floors = أصغر حالة يُنظر فيها
method-floors-text = عدد الحالات { $exposure } على الأقل، وفرق لا يقل عن { $effect }
method-floors-counts = عدد الحالات { $exposure } على الأقل، وعدد يبتعد عن المتوقع بما لا يقل عن { $effect }
method-peers = لا يُقارن إلا بما يماثله في
method-period = الفترة
method-rate = معدل الإشارات الخاطئة
method-rate-text = على مدى تقييمات كثيرة، يُتوقع في المتوسط أن يكون { $k } على الأكثر من كل 100 إشارة من فعل الصدفة
method-false-flags = الإشارات الخاطئة المقيسة
method-gaming = كيف يمكن الالتفاف عليه
method-counter = ما يُراقب في مقابل ذلك
method-forbidden = لا يُستعمل في
method-source = المصدر
method-version = إصدار السؤال
method-plan = بصمة الخطة
method-queries = الاستعلامات التي نُفذت

money-sentence =
    تبلغ الضريبة المعنية فيما خرج عن المتوقع من دون تفسير (العدد: { $n }) في السؤال «{ $question }» ما قدره { $amount } ({ $interval })، بالعملة الوطنية.
money-reading = هذا تقدير وليس دَينًا على أحد. وحدّاه مجموع حدود الحالات المفردة، فهما أميل إلى الاتساع. وقد يكون أعلى من الحقيقة، لأن ما يبرز بعضَه بالصدفة يبدو أكبر مما هو؛ وقد يكون أدنى منها، لأن البضائع التي لا مثيل لها ليست فيه. وقد تكون مبالغ الأسئلة المختلفة هي المال نفسه: فلا تُجمع.
money-part-of = حُسب ذلك على بضائع حملت { $compared } من أصل { $all } من الضرائب على بضائعهم ذات الأسعار: ولا يُقال شيء عن الباقي، فقد يكون المجموع أكبر.
money-heading = الإيرادات المعنية

gaps-heading = ما تعذّر تقييمه
gaps-intro = تحتاج هذه الأسئلة إلى سجلات لم ترد في البيانات المستخرجة. وعدم التقييم ليس خبرًا حسنًا ولا سيئًا.
gaps-none = أمكن تقييم كل الأسئلة بالسجلات المقدمة.
gaps-limits = ما لا يترك أثرًا في السجلات لا يُرى هنا: كالاتفاق خارج النظام، والحالات التي كتب فيها كل المعنيين الشيء نفسه.

check-heading = كيف يُتحقق من هذا التقرير
check-intro = يستطيع كل من لديه المجلد ومساحة العمل أن يعيد حساب كل رقم. والرمز DIR هو مجلد هذا التقييم.
check-verify = للتحقق من البصمات وإعادة تنفيذ كل شيء:
check-evidence = لرؤية الصفوف التي تقوم عليها إشارة واحدة، كل صف مع ملفه المصدر ورقم سطره:
check-queries = لقراءة الاستعلامات: يحتوي المجلد «queries» على كل استعلام نُفذ، مع تعليق على كل خطوة.
check-workspace = مساحة العمل
check-made = أُعد بالبرنامج أروشا، الإصدار { $version }، في { $at } (بالتوقيت العالمي).

glossary-heading = الكلمات المستعملة
glossary-signal = إشارة
glossary-signal-meaning = فرق أكبر مما تُحدثه الصدفة، قبل البحث عن أي تفسير.
glossary-observed = المرصود
glossary-observed-meaning = ما تُظهره السجلات.
glossary-expected = المتوقع
glossary-expected-meaning = ما تعطيه القاعدة في المتوسط، أو الصدفة بين حالات متماثلة.
glossary-effect = الأثر
glossary-effect-meaning = مقدار الفرق بعد تقريب التقديرات القليلة البيانات من المتوسط.
glossary-interval = المجال
glossary-interval-meaning = النطاق الذي يُرجَّح أن يقع فيه الأثر الحقيقي. والمجال الواسع يعني بيانات قليلة.
glossary-q = القيمة q
glossary-q-meaning = من بين كل ما خرج عن المتوقع بهذا القدر أو أكثر: الحصة التي يُتوقع أن تكون من فعل الصدفة.
glossary-funnel = الرسم القمعي
glossary-funnel-meaning = رسم لمعدل مقابل عدد الحالات، بحدود تضيق كلما زادت الحالات.
glossary-shrinkage = التقليص
glossary-shrinkage-meaning = تقريب التقدير من المتوسط، ويزداد التقريب كلما قلّت البيانات.
glossary-pseudonym = اسم مستعار
glossary-pseudonym-meaning = رمز بدل الاسم.
glossary-set-aside = مستبعد
glossary-set-aside-meaning = صف لا يُستعمل ويُحفظ مع سببه: لأنه يخالف الشكل المتفق عليه، أو لأن النظام يحتفظ به إلى جانب الصف المعتدّ به.
language-heading = هذه اللغة

axis-expected-count = العدد المتوقع
axis-ratio = المرصود / المتوقع
axis-ratio-one = كالمتوقع (1)
axis-lane-rate = الحصة من البيانات الجمركية
axis-parameter = المعدل في القواعد

chart-assignment-steering-funnel-headline =
    { $n ->
        [one] زوج واحد يلتقي أكثر مما تقتضيه القاعدة
        [two] زوجان يلتقيان أكثر مما تقتضيه القاعدة
        [few] { $n } أزواج تلتقي أكثر مما تقتضيه القاعدة
       *[other] { $n } زوجًا يلتقي أكثر مما تقتضيه القاعدة
    }
chart-assignment-steering-funnel-subtitle = كل علامة موظف واحد مع مُصرِّح واحد: البيانات الجمركية المرصودة مقسومة على المتوقعة، مقابل العدد المتوقع
chart-assignment-steering-matrix-headline = مَن التقى مَن في المكتب { $office }
chart-assignment-steering-matrix-subtitle = البيانات الجمركية المرصودة / المتوقعة، للمُصرِّحين الذين برز عندهم شيء، بحسب الموظف
chart-assignment-override-funnel-headline = عدد المُصرِّحين الذين تُنقل ملفاتهم أكثر من ملفات غيرهم في الوقت نفسه: { $n }
chart-assignment-override-funnel-subtitle = علامة لكل مُصرِّح: الملفات المنقولة بعد الاختيار الأول، المرصود مقسومًا على المتوقع، مقابل العدد المتوقع
chart-lane-rates-rates-headline =
    { $n ->
        [one] مسار واحد يبتعد عن المعدل الوارد في القواعد
        [two] مساران يبتعدان عن المعدل الوارد في القواعد
       *[other] عدد المسارات التي تبتعد عن المعدل الوارد في القواعد: { $n }
    }
chart-lane-rates-rates-subtitle = حصة البيانات الجمركية الموجهة إلى كل مسار، مع مجالها، والمعدل الساري
lane-random = الحصة العشوائية
lane-of-procedure = { $procedure }: { $lane }
lane-of-others = إجراءات أخرى: { $lane }
lane-from = { $lane }، ابتداءً من { $start }
axis-random-share = الحصة المختارة عشوائيًا
axis-minimum = الحد الأدنى في القواعد
chart-lane-rates-random-headline =
    { $n ->
        [one] حصة عشوائية واحدة دون حدها الأدنى
        [two] حصتان عشوائيتان دون حدهما الأدنى
       *[other] عدد الحصص العشوائية التي تقل عن حدها الأدنى: { $n }
    }
chart-lane-rates-random-subtitle = الحصة المختارة عشوائيًا مما لم يخترْه أي معيار، مع مجالها، والحد الأدنى الساري
chart-lane-change-without-act-funnel-headline = عدد من يُغلقون الرقابة خارج القاعدة أكثر من غيرهم: { $n }
chart-lane-change-without-act-funnel-subtitle = عمليات رقابة أُغلقت من دون محضر معاينة أو على يد من لا صلة له بها: المرصود مقسومًا على المتوقع، مقابل العدد المتوقع
chart-finding-rate-funnel-headline = عدد من يكتشفون في بضائع مماثلة أقل من زملائهم بما يتجاوز الفروق العادية: { $n }
chart-finding-rate-funnel-subtitle = المخالفات المرصودة مقسومة على المتوقعة للبضائع المعاينة، علامة لكل موظف، مقابل العدد المتوقع
chart-finding-rate-caterpillar-headline = عدد ما يشمل مجاله القيمة المتوقعة: { $touching } من { $n }
chart-finding-rate-caterpillar-subtitle = المخالفات المرصودة مقسومة على المتوقعة، بعد التقليص، مع المجالات

next-step = الخطوة التالية: انظروا في الصفوف التي يقوم عليها كل بند غير معتاد (تشرح صفحة التحقق ذلك)، واسألوا أولًا عن الأسباب العادية. هذا التقرير وحده لا يبرر أي إجراء بشأن أي شخص.
absent-heading = سجلات لم ترد في البيانات المستخرجة
limits-heading = ما لا يستطيع أي سجل إظهاره
table-declarations = البيانات الجمركية
table-assignments = الإسنادات
table-items = بنود البضائع
table-inspections = محاضر المعاينة
table-events = سجل أحداث النظام
table-officers = الموظفون
table-postings = التعيينات
table-shifts = المناوبات
table-duties = الإجازات والإنابة ومواضع العمل
table-offices = المكاتب
table-calendar = تقويم أوقات العمل
table-parties = التجار والمخلّصون
table-assignment-rules = قواعد الإسناد
table-assignment-pools = مجموعات الإسناد
table-selectivity-rules = قواعد الانتقائية
zero-line = عند المعدل العام { $rate }، لا يكون عدم العثور على أي مخالفة غير معتاد إلا إذا بلغ عدد المعاينات { $n }.
tax-at-stake = الضريبة المعنية: { $amount } ({ $interval })
axis-expected-findings = المخالفات المتوقعة
axis-found = نسبة المعاينات التي أسفرت عن مخالفة
column-selected = طريقة الاختيار
selected-random = عشوائي، { $lane }
selected-criteria = وفق معيار، { $lane }
chart-finding-rate-random-headline = ما اختير عشوائيًا، بمعزل عما اختارته المعايير
chart-finding-rate-random-subtitle = المعاينات التي أسفرت عن مخالفة، مع المجالات. الحصة العشوائية عادلة فيما تختاره، لا فيما يُعثر عليه.

detail-assignment-steering-accounts = ما لا تتيح السجلات الجزم به: موظفون مُتجنَّبون، وموظفون يشترك فيهم عدة مُصرِّحين. وليس هذا استنتاجًا عن أحد، ولا يُسمّى فيه أحد.
detail-assignment-steering-cancelled = ملفات لمُصرِّح لا تكاد تُلغى لدى موظف واحد، مع أنها تُلغى كثيرًا لدى جميع الآخرين. وهذا يشير إلى ملفات تُلغى إلى أن يُختار ذلك الموظف، ولا يُنبَّه بسببه إلى أحد: اسأل عن سبب إلغائها.
detail-assignment-steering-offices = ما الذي قورن في كل مكتب
detail-assignment-steering-pools = مجموعات الموظفين التي وُجدت، وما يميّزها
detail-nameless = صف واحد لكل شخص أو زوج يتحدث عنه هذا الجدول. لا تسمّي هذه الصفحة أحدًا.
detail-left-out = صفوف أخرى موجودة في { $file }، وعددها { $n }.
detail-office = المكتب
detail-draws = الاختيارات
detail-in-batches = ضمن دفعات، تُحسب مرة واحدة
detail-without-comparison = بلا مقارنة
detail-officers = الموظفون
detail-declarants = المُصرِّحون
detail-declarants-tested = المُصرِّحون المختبرون
detail-account = ما يبدو بالصورة نفسها
detail-account-officers = الموظفون
detail-account-declarants = المُصرِّحون
detail-pairs = الأزواج
detail-officer = الموظف
detail-files = الملفات لدى الموظف
detail-cancelled = الملغى منها
detail-other-files = الملفات لدى الآخرين
detail-other-cancelled = الملغى من تلك
detail-word-avoidance = موظف لا تصله هذه الملفات إلا نادرًا (عُشر ما كان يُستحق أو أقل)
detail-word-desk = موضع عمل لا تعلنه أي قاعدة
detail-word-importer = مكتب يحدد فيه المستورد الموظف الذي يتولى الملف
detail-word-scatter = مكتب يلتقي فيه الموظفون والمُصرِّحون عادةً على نحو غير متساوٍ
detail-compared-within = المقارنة ضمن
detail-feature = تختلف بحسب
detail-levels = هذه معًا
detail-word-day = اليوم
detail-word-week = الأسبوع
detail-word-chapter = فصل البضاعة
detail-word-hour = الساعة
detail-word-weekday = يوم الأسبوع
detail-word-section = القسم
detail-word-procedure = الإجراء
detail-word-origin = المنشأ
detail-word-lane = المسار
chart-assignment-override-matrix-headline = مَن تسلّم ملفات مَن في المكتب { $office }
chart-assignment-override-matrix-subtitle = الملفات المنقولة بعد الاختيار الأول، المرصود / المتوقع، للمُصرِّحين الذين برز عندهم شيء، بحسب الموظف الذي تسلّمها
detail-assignment-override-by-whom = لما خرج عن المتوقع: بيد مَن نُقلت الملفات. يُحسب هنا كل نقل لا تبرّره السجلات؛ وقد يحسب الاختبار أقل من ذلك، لأنه يترك ما لا يوجد ما يُقارن به.
detail-assignment-override-ordinary = النقل في كل مكتب، وما تُبرره السجلات منه
detail-declarant = المُصرِّح
detail-received-by = تسلّمه
detail-moved-by = نقله
detail-moves = عمليات النقل
detail-moves-of-hand = كل عمليات النقل بهذه اليد في المكتب
detail-moved = المنقول
detail-absent = الاختيار الأول في إجازة أو تدريب
detail-off-shift = الاختيار الأول خارج المناوبة

chart-value-shortfall-concentration-headline = نقص الوحدات الأولى (العدد: { $n }): { $share } ({ $interval }) من ضريبة كل البضائع المقارنة
chart-value-shortfall-concentration-none = لا تركّز للقيم المنخفضة يتجاوز التشويش
chart-value-shortfall-concentration-units = نقص الضريبة بأسعار البضائع المماثلة، بحسب عدد الأزواج ذات النقص الأكبر
chart-value-shortfall-concentration-declarants = نقص الضريبة بأسعار البضائع المماثلة، بحسب عدد المُصرِّحين ذوي النقص الأكبر
axis-declarants-first = المُصرِّحون ذوو النقص الأكبر
axis-units-first = الأزواج ذات النقص الأكبر
axis-share-of-tax = الحصة من ضريبة كل البضائع المقارنة
chart-value-shortfall-caterpillar-headline = عدد ما يشمل مجاله السعر المتوقع: { $touching } من { $n }
chart-value-shortfall-caterpillar-subtitle = الأسعار مقارنةً بالمتوقع، صف لكل وحدة، بعد التقليص، مع المجالات
axis-price = فرق السعر
axis-price-none = لا فرق (0)
effect-price = الأثر: مقدار انخفاض الأسعار (بإشارة ناقص) أو ارتفاعها عن المتوقع، كنسبة، بعد التقليص، مع مجاله.
effect-column-price = فرق السعر، المجال

table-thresholds = الحدود
table-roles = الأدوار
table-grants = الصلاحيات الممنوحة
table-role-conflicts = الأدوار المتعارضة
table-transport-documents = وثائق النقل
table-attached-documents = الوثائق المرفقة
table-warehouse = حركات المستودعات
table-reliefs = الإعفاءات
table-treasury-receipts = مقبوضات الخزانة
table-forecasts = التوقعات
table-payments = المدفوعات
table-transit = العبور
table-tariff = التعريفة
table-partner-trade = أرقام التجارة لدى الشركاء
table-reference-prices = الأسعار المرجعية
table-reference-changes = تغييرات الجداول المرجعية
table-valuation-advice = آراء التقييم
table-measures = التدابير المتخذة
table-incidents = البلاغات

answer-where =
    { $unusual ->
        [one] ويخص مكتبًا واحدًا هو { $offices }.
       *[other] { $n ->
            [one] وتخص مكتبًا واحدًا هو { $offices }.
            [two] وتخص مكتبين هما { $offices }.
            [few] وتخص { $n } مكاتب هي { $offices }.
            [many] وتخص { $n } مكتبًا هي { $offices }.
           *[other] وتخص { $n } مكتب هي { $offices }.
        }
    }
answer-where-many =
    { $n ->
        [few] وتخص { $n } مكاتب؛ وتسمّي كل صفحة مكاتبها.
       *[other] وتخص { $n } مكتبًا؛ وتسمّي كل صفحة مكاتبها.
    }
notes-heading = ما تقوم عليه المقارنة
note-wide-scatter = فروق بهذا القدر عادية هنا إلى حد أنه لا يكاد شيء يخرج عن المتوقع: وعدم خروج شيء لا يدل على الكثير.
interval-reading = الاختبار هو ما يقرر أن الأمر غير معتاد، أما المجال فيصف مقداره. وحيث يشمل المجال القيمة { $none } يكون المقدار غير مؤكد مع أن الفرق أكبر مما تُحدثه الصدفة.
same-files = المُصرِّح وأزواجه، أو الموظف وأزواجه، يقومان على البيانات الجمركية نفسها: فهي ليست حالات منفصلة.
examined-only =
    لا يُحسب هنا إلا ما عوين: وما لم يُعاين لا يُعدّ سليمًا ولا مخالفة. { $n ->
        [0] ولا توجد معاينة مسجلة على أنها اختيرت عشوائيًا، فكلها اختارها معيار.
        [one] والمعاينة الوحيدة المختارة عشوائيًا هي كل ما لم يختره معيار.
        [two] والمعاينتان المختارتان عشوائيًا هما كل ما لم يختره معيار.
        [few] والمعاينات المختارة عشوائيًا، وعددها { $n }، هي وحدها ما لم يختره معيار.
        [many] والمعاينات المختارة عشوائيًا، وعددها { $n }، هي وحدها ما لم يختره معيار.
       *[other] والمعاينات المختارة عشوائيًا، وعددها { $n }، هي وحدها ما لم يختره معيار.
    }
method-inputs = السجلات التي يقرؤها
method-helped = السجلات التي تزيده دقة أو تفسّر
method-approval = مَن وافق عليه
method-approval-none = لا أحد بعد: لا يوجد ميثاق سارٍ. ولم توافق الإدارة ولا ممثلو الموظفين على هذا السؤال.
chart-numbers-on-paper = الأرقام التي يقوم عليها هذا الرسم موجودة في التقرير بصيغته الإلكترونية.
quoted-title = «{ $title }»
check-plan = تسجيل الخطة
check-plan-text = في { $at } (بالتوقيت العالمي)، بحسب سجل مساحة العمل نفسها، قبل أي نتيجة لهذه الخطة. ومن لديه مساحة العمل يستطيع إعادة كتابة ذلك السجل: فالإثبات لدى غيره هو بصمة الخطة إذا سُلّمت إليه مسبقًا. والخطة في الملف plan.yaml
question-none-beyond-chance = شمل الفحص { $units }. ولا شيء منها يتجاوز الصدفة.
question-none-beyond-ordinary = شمل الفحص { $units }. ولا شيء منها يتجاوز ما تختلف به مثيلاتها عادةً.
cannot-unlisted = ما في السجلات عنها أقل من أن تُذكر واحدة واحدة
detail-word-main-chapter = الفصل الرئيسي للبضاعة
detail-word-exemption = الإعفاء
detail-word-heading = البند الرئيسي للبضاعة
detail-word-first-pick = الاختيار الأول

counted-assignment-steering = الحالات: اختيارات المُصرِّح التي قورنت. المرصود: ما وقع منها على هذا الموظف.
counted-assignment-override = الحالات: ملفات المُصرِّح التي قورنت. المرصود: ما انتهى منها عند موظف غير الاختيار الأول؛ وللزوج: عند هذا الموظف.
counted-lane-rates = الحالات: البيانات الجمركية الخاضعة للقاعدة. المرصود: ما وُجّه منها إلى هذا المسار.
counted-lane-change-without-act = الحالات: عمليات الرقابة التي أُغلقت. المرصود: ما أُغلق منها من دون محضر معاينة، أو على يد من لم يكن فاحصها ولا رئيسًا.
counted-finding-rate = الحالات: المعاينات. المرصود: ما أسفر منها عن مخالفة.
counted-value-shortfall = الحالات: البنود التي لها بضائع مماثلة. المرصود: سعرها مضاعفًا لسعر البضائع المماثلة (1 تعني السعر نفسه). المتوقع: ما يقابله لبضائع المُصرِّح مع موظفين آخرين.

# Between a name and what is said of it.
colon = {": "}

covered-heading = ما تغطيه السجلات
covered-gaps = عدد الأشهر الخالية من البيانات الجمركية بين أول شهر وآخر شهر لهذه المكاتب: { $n }. المكاتب: { $offices }. اطلبوا ما ينقص قبل متابعة القراءة.
covered-no-gap = لكل مكتب بيانات جمركية في كل شهر بين أول شهر له وآخره.
covered-officer = تذكر { $share } من البيانات الجمركية (وعددها { $n }) موظفًا اختير لها أو عالجها.
covered-no-officer = لا تذكر السجلات أي موظف مع البيانات الجمركية.
covered-acts = يوجد محضر معاينة لنسبة { $share } من البيانات المحالة إلى المسار الأصفر أو الأحمر (وعددها { $n }).
covered-no-acts = لا تحتوي السجلات على محاضر معاينة: فلا يُرى ما وُجد ولا هل نظر أحد.
covered-outcomes = لا توجد نتائج إلا للبضائع التي عوينت: ومعدل المخالفات لا يقول شيئًا عن غيرها.
covered-random-unknown = لا تقول السجلات أي البيانات اختيرت عشوائيًا، فلا جزء منها يمثل الكل.
covered-random-none = لم يُسجَّل أي بيان على أنه اختير عشوائيًا، فلا جزء منها يمثل الكل.
covered-random = عدد البيانات التي اختيرت عشوائيًا { $n }: وهي وحدها تمثل الكل.
covered-random-acts = عدد البيانات التي اختيرت عشوائيًا { $n }: وهي وحدها تمثل الكل. ويوجد محضر معاينة لنسبة { $share } منها.
covered-caption = ما يُرى من كل مكتب
covered-declarations = البيانات الجمركية
covered-with-officer = تذكر موظفًا
covered-controls = محالة إلى الأصفر أو الأحمر
covered-controls-with-act = منها بمحضر
covered-at-random = مختارة عشوائيًا
covered-at-random-with-act = منها بمحضر
covered-first-day = أول يوم
covered-last-day = آخر يوم
covered-month = الشهر
covered-calendar = لا ينقص أي مكتب شهر
covered-calendar-gaps = عدد الأشهر الناقصة: { $n }
covered-calendar-what = البيانات الجمركية لكل مكتب بحسب شهر التسجيل
covered-calendar-value = البيانات الجمركية
