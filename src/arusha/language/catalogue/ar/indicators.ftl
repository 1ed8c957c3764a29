## الأسئلة وأسبابها وملاحظاتها.

# assignment-steering
indicator-assignment-steering-title = توجيه العمل إلى موظف
indicator-assignment-steering-question = هل يتوزع عمل المُصرِّح على الموظفين كما توزعه قاعدة المكتب؟
indicator-assignment-steering-unit = موظف ومُصرِّح، داخل المكتب
indicator-assignment-steering-null-hypothesis = داخل الطبقة (المكتب والقسم والمسار والوقت ومجموعة الموظفين) لا يتوقف اختيار الموظف على صاحب البيان الجمركي.
indicator-assignment-steering-statistic = البيانات الجمركية للمُصرِّح التي كان الموظف اختيارها الأول؛ وما أُلغي وأُودع من جديد يُحتسب مرة واحدة، بالاختيار الذي بقي. احتمال دقيق نحو الأعلى: توزيع بواسون ذو الحدين حيث تقول السجلات من كان في الخدمة وتتفق اختيارات المُصرِّحين الآخرين مع فرصة متساوية أو مع وتيرة خاصة بكل موظف؛ وإلا فمجموع أعداد فوق هندسية بهوامش ثابتة داخل الطبقات. وتُنحّى الأزواج الخارجة عن المتوقع أثناء اختبار غيرها. ويجب أن يخرج الزوج عن المتوقع أيضًا إذا افتُرض أن موظفًا يُتجنَّب، أو أن موضع عمل مشترك، أو، حيث تُظهر ملفات الآخرين ذلك، أن الملفات توزَّع بحسب المستورد أو أن الموظفين والمُصرِّحين يلتقون عادةً على نحو غير متساوٍ.
indicator-assignment-steering-gaming = توجيه أقل من خمسة بيانات فوق المتوقع؛ تسليم الملف بعد الاختيار الأول؛ الإيداع حين يكون الموظف المفضَّل وحده في الخدمة فلا يبقى من يُقارن به؛ وضع الموظف في موضع عمل لبضائع لا يجلبها غير المُصرِّح؛ تفضيل موظفين اثنين أو أكثر لأربعة مُصرِّحين أو أكثر كما يفعل موضع عمل؛ إبعاد كل الملفات عن أحد موظفين اثنين.
indicator-assignment-steering-counter-indicator = assignment-override (الاختيارات اللاحقة)؛ الإيداع في أيام موظف واحد (أوقات المُصرِّح مقابل جدول المناوبات)؛ مواضع العمل التي تعود بضائعها إلى مُصرِّح واحد، وهي مذكورة ضمن ما لا يمكن الجزم به؛ من يسجل مواضع العمل المتخصصة ومتى؛ الموظفون المُتجنَّبون ومواضع العمل التي لا تعلنها أي قاعدة، وهي مذكورة ضمن ما لا يمكن الجزم به: يُسأل هل دُوّن تنحٍّ أو موضع عمل.
indicator-assignment-steering-false-flags-per-thousand = قيس ذلك في 400 إدارة مخترعة بلا أي حيلة: أُشير إلى 6 من 845,861 وحدة مختبرة، في 6 من الإدارات (benchmarks/results/scorecard.md).
indicator-assignment-steering-source = على نهج شالندار وفرنانديز ورابالان وريكرز، Corruption in Customs (QJE 2023)؛ غودمان 1968 لشبه الاستقلال؛ بنجاميني وبوغومولوف 2014 للعائلات.
explanation-name-specialist-desk = موضع عمل متخصص
explanation-name-acting-cover = القيام بعمل شخص آخر
explanation-name-batch = أودعت معًا وسُلّمت معًا
explanation-name-shift-overlap = ساعات العمل نفسها
explanation-name-posting = عُيّن هناك جزءًا من الفترة
explanation-name-leave-of-others = غاب زملاء
explanation-name-trainee = قيد التدريب أو جديد
explanation-name-new-office = مكتب جديد
explanation-name-rule-in-force = قاعدة سارية
peer-office = المكتب
peer-section = القسم
peer-lane = المسار
peer-day = اليوم
peer-hour = الساعة
peer-goods = البضائع
peer-procedure = الإجراء
peer-exemption = الإعفاء
peer-roster = جدول المناوبات
peer-declared-rule = القاعدة المعلنة
reason-fewer-than-n-draws = عدد الاختيارات أقل من { $n }
reason-a-desk-whose-goods-are-one-declarant-s = موضع عمل تعود بضائعه إلى مُصرِّح واحد
reason-the-declarant-is-nearly-all-of-the-work = المُصرِّح هو معظم العمل تقريبًا
reason-too-few-draws-beside-those-of-other-officers-and-declarants = اختيارات قليلة جدًا إلى جانب اختيارات موظفين ومُصرِّحين آخرين
reason-the-officer-has-nearly-all-such-work-whoever-lodges-it = للموظف كل هذا العمل تقريبًا، أيًا كان المُصرِّح
reason-one-officer-hardly-ever-has-this-declarant-s-files-a-tenth-or-less-of-what-would-be-due-as-where-an-officer-is-recused-not-checked-the-records-hold-no-recusals = موظف واحد لا تصله ملفات هذا المُصرِّح إلا نادرًا (عُشر ما كان يُستحق أو أقل)، كما يكون حيث يتنحى موظف (لم يُتحقق: لا تتضمن السجلات حالات التنحي)
reason-several-declarants-meet-the-same-officers-as-at-a-desk-that-no-rule-declares = عدة مُصرِّحين يلقون الموظفين أنفسهم، كما في موضع عمل لا تعلنه أي قاعدة
reason-in-this-office-the-importer-decides-who-has-a-file-and-this-declarant-s-importers-may-have-come-to-the-officer-by-chance = في هذا المكتب يحدد المستورد الموظف الذي يتولى الملف، وقد تكون الصدفة أوصلت مستوردي هذا المُصرِّح إلى الموظف
reason-in-this-office-officers-and-declarants-meet-unevenly-as-a-rule-beyond-what-draws-give-and-this-pair-is-not-clearly-beyond-that = في هذا المكتب يلتقي الموظفون والمُصرِّحون عادةً على نحو غير متساوٍ يتجاوز ما تعطيه القرعة، وهذا الزوج لا يتجاوز ذلك بوضوح
table-times-of-assignment = أوقات الإسناد
note-assignment-final-officer = الاختيار الأول غير مسجل: اختُبر الموظف الذي تولى البيان الجمركي في النهاية، فلا يمكن تمييز اختيار موجَّه من إعادة إسناد لاحقة.
note-assignment-without-shifts = من دون جدول مناوبات يُستدل على الموظفين الحاضرين من العمل الذي أدّوه.
note-assignment-without-assignment-rules = من دون قواعد الإسناد يُستدل على مجموعات الموظفين من اختيارات المُصرِّحين الآخرين.
note-assignment-without-items = من دون بنود البضائع لا يمكن معرفة مواضع العمل المخصصة لبضائع معينة.
note-assignment-no-draws = لا يوجد في الفترة بيان جمركي له مسار يحتاج إلى موظف واختيار معًا.
note-assignment-batches = أودع { $n } من أصل { $total } من الاختيارات ({ $share }) مع اختيار آخر للمُصرِّح نفسه، فاحتُسبت مرة واحدة.
note-assignment-lodged-again = أُلغي { $n } من الملفات ثم أُودعت البضائع نفسها من جديد خلال { $days } يومًا؛ وفي { $other } منها كان الموظف حينئذٍ موظفًا آخر. ويُحتسب كل ملف مرة واحدة، باختيار إيداعه الأخير.
note-assignment-without-comparison = نسبة { $share } من الاختيارات المحتسبة لم يكن في طبقتها موظف ثانٍ أو مُصرِّح ثانٍ، فلا تحمل أي معلومة.
note-assignment-accounts =
    عدد الأزواج التي تخرج عن القاعدة العامة ولا تتيح السجلات معرفة السبب: { $n }.{ $avoidance ->
        [0] { "" }
       *[other] { " " }في { $avoidance } منها لا تصل ملفات المُصرِّح إلى موظف بعينه إلا نادرًا (عُشر ما كان يُستحق أو أقل)، ويتقاسم الآخرون دوره كما يتقاسمون كل شيء.
    }{ $desk ->
        [0] { "" }
       *[other] { " " }في { $desk } منها يلقى عدة مُصرِّحين الموظفين أنفسهم، كما في موضع عمل لا تعلنه أي قاعدة.
    }{ $importer ->
        [0] { "" }
       *[other] { " " }في { $importer } منها يحدد المستورد في هذا المكتب الموظف الذي يتولى الملف، وقد تكون الصدفة أوصلت مستوردي المُصرِّح إلى الموظف.
    }{ $scatter ->
        [0] { "" }
       *[other] { " " }في { $scatter } منها يلتقي موظفو المكتب والمُصرِّحون عادةً على نحو غير متساوٍ، كما يحدث حين يُعمل بما لا تقوله السجلات، والزوج لا يتجاوز ذلك بوضوح.
    } لا تتضمن السجلات حالات التنحي، فلم يُتحقق من أي منها. لو دُوّن التنحي أو موضع العمل أو الموظف المخصص لمستورد لعُرف السبب؛ والتواطؤ يبدو بالصورة نفسها.

# assignment-override
indicator-assignment-override-title = ملفات نُقلت إلى موظف آخر
indicator-assignment-override-question = هل تُنقل البيانات الجمركية لمُصرِّح من الموظف المختار أولًا، أو إلى موظف بعينه، أكثر مما تُنقل بيانات غيره من المُصرِّحين في الوقت نفسه؟
indicator-assignment-override-unit = مُصرِّح داخل مكتب؛ والموظف الذي تسلّم الملفات، والمُصرِّح
indicator-assignment-override-null-hypothesis = داخل الطبقة (المكتب والقسم والمسار والوقت والبضائع، والموظف المختار أولًا حيث يهم ذلك) لا يتوقف نقل الملف ولا من يتسلمه على صاحب البيان الجمركي.
indicator-assignment-override-statistic = البيانات الجمركية للمُصرِّح التي انتهت عند موظف غير الاختيار الأول (للمُصرِّح)، والتي انتهت عند هذا الموظف (للزوج). احتمال دقيق نحو الأعلى: مجموع أعداد فوق هندسية بهوامش ثابتة داخل الطبقات. ويُترك جانبًا النقل من موظف في إجازة أو تدريب أو خارج المناوبة.
indicator-assignment-override-gaming = توجيه الاختيار الأول بدل النقل؛ تسجيل إجازة للموظف المختار؛ إيقاف الموظفين الذين يعترضون؛ تغيير الموظف خارج النظام فلا يُسجل أي نقل.
indicator-assignment-override-counter-indicator = assignment-steering (الاختيارات الأولى)؛ الإجازات وحالات الإيقاف بحسب من سجلها وقبل كم من الوقت؛ البيانات الجمركية التي يختلف موظفها عن آخر اختيار مسجل.
indicator-assignment-override-false-flags-per-thousand = قيس ذلك في 400 إدارة مخترعة بلا أي حيلة: أُشير إلى 0 من 468,859 وحدة مختبرة، في 0 من الإدارات (benchmarks/results/scorecard.md).
indicator-assignment-override-source = الإسناد اليدوي موجود للملفات التي لا يستطيع الموظف معالجتها (أدلة ASYCUDA World)؛ والتلاعب الجديد بعد إسناد طرف ثالث عند شالندار وآخرين (QJE 2023).
explanation-name-absence = كان الموظف المختار أولًا غائبًا
explanation-name-end-of-shift = كان الموظف المختار أولًا خارج المناوبة
peer-first-pick = الاختيار الأول
peer-absence = الغياب
note-assignment-no-hand = لا تذكر السجلات من نقل الملف (assigned_by).
note-assignment-moved = انتهى { $moved } من أصل { $draws } من البيانات الجمركية ({ $share }) عند موظف غير الاختيار الأول؛ منها { $absent } نُقلت من موظف في إجازة أو تدريب، و{ $off_shift } من موظف خارج المناوبة: وهذه تُترك جانبًا.

# lane-rates
indicator-lane-rates-title = المسارات مقارنةً بقواعد الانتقائية
indicator-lane-rates-question = هل تُوجَّه البيانات الجمركية إلى المسارات بالمعدلات التي تعلنها قواعد الانتقائية، وهل تُراعى الحصة العشوائية؟
indicator-lane-rates-unit = المكتب، بحسب الإجراء والمسار
indicator-lane-rates-null-hypothesis = اختار النظام كل مسار بمعدل لا يبعد عن المعدل المعلن بأكثر من الخُمس (وبأكثر من نقطة واحدة حين يقل المعلن عن 5%)، ولم تكن الحصة العشوائية دون حدها الأدنى.
indicator-lane-rates-statistic = المعدل المحقق مقابل المعلن في كل فترة سرت فيها قاعدة: احتمالات ذات حدين دقيقة، بعدد السحوبات المستقلة الذي يتركه التباين بين الأسابيع. والحصة العشوائية من جانب واحد، نحو الأدنى.
indicator-lane-rates-gaming = رفع المعدل المعلن أو خفض الحد الأدنى بعد وقوع الأمر؛ وسم ما اختاره معيار بأنه عشوائي؛ إبقاء معدل المسار مع ملئه ببضائع لا خطر فيها.
indicator-lane-rates-counter-indicator = تغييرات القواعد ومن أجراها؛ معدل المخالفات المكتشفة في الحصة العشوائية مقابل معدل المعايير (finding-rate)؛ تغييرات المسار من دون محضر (lane-change-without-act).
indicator-lane-rates-false-flags-per-thousand = قيس ذلك في 400 إدارة مخترعة بلا أي حيلة: أُشير إلى 0 من 30,595 وحدة مختبرة، في 0 من الإدارات (benchmarks/results/scorecard.md).
indicator-lane-rates-source = معاملات الانتقائية في نظام أسيكودا (المعدل المتوقع والحد الأدنى للمعدل العشوائي)؛ كورن وغراوبارد 1998.
explanation-name-few-weeks = أسابيع قليلة هي سبب الفرق
explanation-name-every-office = كل المكاتب تبتعد بالطريقة نفسها
peer-window-of-the-rule = فترة سريان القاعدة
reason-two-rules-hold-at-once-and-disagree = قاعدتان ساريتان معًا ومتعارضتان
reason-under-n-declarations = عدد البيانات الجمركية أقل من { $n }
reason-under-n-weeks = عدد الأسابيع أقل من { $n }
reason-the-minimum-promises-under-n-random-selections = ما يَعِد به الحد الأدنى من الاختيارات العشوائية أقل من { $n }
note-lane-rates-no-reason = لم تُقيَّم الحصة العشوائية: فالسجلات لا تقول لماذا اختير المسار (lane_reason).
note-lane-rates-no-lane = لا مسار لعدد { $n } من أصل { $total } من البيانات الجمركية، فلا تُحسب في أي موضع.
note-lane-rates-no-rule = لا تخضع { $n } من أصل { $total } من البيانات الجمركية لأي قاعدة انتقائية، فلا تُقارن بأي منها.

# lane-change-without-act
indicator-lane-change-without-act-title = تغييرات المسار من دون محضر
indicator-lane-change-without-act-question = هل يُخرج أحد بيانات جمركية من الرقابة من دون محضر معاينة، أو من دون أن يكون موظفها الفاحص أو رئيسًا، أكثر من زملائه؟
indicator-lane-change-without-act-unit = موظف أو مستخدم، وموظف مع مُصرِّح
indicator-lane-change-without-act-null-hypothesis = ضمن المكتب والمسار والشهر (وضمن المسار والمُصرِّح) يتساوى من يُنهون الرقابة في احتمال إنهائها خلافًا للقواعد، في حدود تباين الموظفين العاديين؛ ولا يبتعد أحدهم عن زملائه مع مُصرِّح واحد أكثر مما يبتعد مع غيره.
indicator-lane-change-without-act-statistic = احتمال فوق هندسي طبقي دقيق لكل واحد، بمتوسطه على تباين الموظفين العاديين؛ وللزوج اختبار دقيق لتساوي نسبة الأرجحية في مجموعتين من جداول 2x2. بحسب البيان الجمركي وبحسب الدفعة: وتُحتسب قيمة p الأكبر.
indicator-lane-change-without-act-gaming = كتابة محضر «مطابق» قبل التغيير بدقيقة؛ ترك المسار كما هو والإفراج؛ ترك حساب النظام يغيّر المسار؛ العمل من جهاز رئيس.
indicator-lane-change-without-act-counter-indicator = المخالفات المكتشفة لدى هؤلاء الموظفين والأزواج (finding-rate)؛ رقابة أُفرج عنها في مسارها من دون أي محضر؛ تغييرات أجراها حساب النظام، وهي معدودة في الملاحظات.
indicator-lane-change-without-act-false-flags-per-thousand = قيس ذلك في 400 إدارة مخترعة بلا أي حيلة: أُشير إلى 0 من 62,822 وحدة مختبرة، في 0 من الإدارات (benchmarks/results/scorecard.md).
indicator-lane-change-without-act-source = أدلة مستخدمي نظام أسيكودا (التحويل إلى الأخضر ينهي الرقابة)؛ زيلين 1971؛ شبيغلهالتر 2005.
explanation-name-one-act-for-batch = محضر واحد كُتب لدفعة
explanation-name-acts-not-kept = لا تُحفظ المحاضر هناك
peer-lane-assigned = المسار المحدَّد
peer-month = الشهر
peer-declarant = المُصرِّح
peer-rank-examiner-or-chief = الرتبة (فاحص أو رئيس)
reason-colleagues-closed-under-n-controls-of-this-declarant = عدد ما أنهاه الزملاء من عمليات الرقابة لهذا المُصرِّح أقل من { $n }
reason-under-n-controls-of-other-declarants = عدد عمليات الرقابة لمُصرِّحين آخرين أقل من { $n }
reason-under-n-controls-that-colleagues-share = عدد عمليات الرقابة التي يشترك فيها الزملاء أقل من { $n }
reason-colleagues-closed-under-n-controls = عدد ما أنهاه الزملاء من عمليات الرقابة أقل من { $n }
note-lane-change-no-log = سجل العمليات غير موجود: يُفترض أن الموظف المعيَّن أنهى كل رقابة، ولا يمكن رؤية تغيير أجراه غيره.
note-lane-change-no-postings = التعيينات غير موجودة: لا يُعرف من كان رئيسًا، فلا يُحتسب تغيير أجراه شخص آخر.
note-lane-change-scatter-officer = يختلف الموظفون عن أمثالهم بمعامل { $ratio } في الأرجحية فوق ما تُحدثه الصدفة، مقيسًا على أوسطهم وعددهم { $units }؛ ولا تخرج وحدة عن المتوقع إلا بعد ذلك.
note-lane-change-scatter-pair = تختلف الأزواج عن أمثالها بمعامل { $ratio } في الأرجحية فوق ما تُحدثه الصدفة، مقيسًا على أوسطها وعددها { $units }؛ ولا تخرج وحدة عن المتوقع إلا بعد ذلك.
note-lane-change-scatter-assumed-officer = عدد ما يصلح للقياس ({ $units }) أقل من أن يُعرف به مقدار اختلاف الموظفين عادةً في احتمال إغلاق الرقابة خارج القاعدة: ويُعدّ عاديًا عاملٌ قدره { $ratio } فوق الصدفة.
note-lane-change-scatter-assumed-pair = عدد ما يصلح للقياس ({ $units }) أقل من أن يُعرف به مقدار اختلاف الأزواج عادةً في احتمال إغلاق الرقابة خارج القاعدة: ويُعدّ عاديًا عاملٌ قدره { $ratio } فوق الصدفة.
note-lane-change-naive-officer =
    لو عُدّ كل الموظفين متماثلين إلا من حيث الصدفة، { $naive ->
        [0] لما خرج شيء عن المتوقع
       *[other] لكان عدد ما يخرج عن المتوقع { $naive }
    }. وما يتجاوز الفروق العادية: { $standing }.
note-lane-change-naive-pair =
    لو عُدّ كل الأزواج متماثلين إلا من حيث الصدفة، { $naive ->
        [0] لما خرج شيء عن المتوقع
       *[other] لكان عدد ما يخرج عن المتوقع { $naive }
    }. وما يتجاوز الفروق العادية: { $standing }.
note-lane-change-nobody = عدد عمليات الرقابة التي لا تذكر من تولّاها { $n } من أصل { $total }؛ فلا تُحسب لأي موظف.
note-lane-change-system = عدد عمليات الرقابة التي غيّر حساب النظام مسارها { $n } من أصل { $total }؛ فلا تُحسب تغييرًا من أحد.
note-lane-change-acts-not-kept = في المكتب { $office }، المسار { $lane }، انتهت حصة { $share } من عمليات الرقابة في مسار حر من دون محضر: فالمحاضر لا تُحفظ هناك، وغياب أحدها لا يدل على الكثير.

# finding-rate
indicator-finding-rate-title = المخالفات المكتشفة في معاينات متماثلة
indicator-finding-rate-question = هل يكتشف موظف أقل مما يكتشفه زملاؤه الذين يعاينون بضائع مماثلة، أو أقل مع مُصرِّح واحد منه مع غيره؟
indicator-finding-rate-unit = موظف، وموظف مع مُصرِّح
indicator-finding-rate-null-hypothesis = بين البضائع المعاينة المتماثلة في المكتب والقسم والمسار والاختيار العشوائي والنوع (وفي الربع، وفي المُصرِّح) يتساوى الموظف مع زملائه في احتمال اكتشاف شيء، في حدود تباين الصرامة العادية؛ ولا يبتعد عنهم مع مُصرِّح واحد أكثر مما يبتعد مع غيره.
indicator-finding-rate-statistic = احتمال فوق هندسي طبقي دقيق للمعاينات التي لم تسفر عن شيء، بمتوسطه على الصرامة العادية؛ وللزوج اختبار دقيق لتساوي نسبة الأرجحية في مجموعتين من جداول 2x2. بحسب البيان الجمركي وبحسب الدفعة: وتُحتسب قيمة p الأكبر. نحو الأدنى فقط.
indicator-finding-rate-gaming = تسجيل مخالفات صغيرة للحفاظ على المعدل؛ معاينة الجزء السليم من الشحنة؛ ترك المحضر لزميل.
indicator-finding-rate-counter-indicator = الضريبة المضافة مقابل المتوقعة إلى جانب المعدل؛ قيم البضائع نفسها (value-shortfall)؛ عدد المعاينات لكل بيان جمركي وموظف.
indicator-finding-rate-false-flags-per-thousand = قيس ذلك في 400 إدارة مخترعة بلا أي حيلة: أُشير إلى 4 من 63,928 وحدة مختبرة، في 4 من الإدارات (benchmarks/results/scorecard.md).
indicator-finding-rate-source = شبيغلهالتر 2005 (رسم قمعي مع فرط التباين)؛ زيلين 1971؛ نولز وبيرسيكو وتود 2001 (اختبار النتائج).
peer-random-selection = الاختيار العشوائي
peer-kind-of-goods = نوع البضاعة
peer-quarter = الربع
reason-colleagues-examined-under-n-declarations-of-this-declarant = عدد ما عاينه الزملاء من البيانات الجمركية لهذا المُصرِّح أقل من { $n }
reason-under-n-examinations-of-other-declarants = عدد المعاينات لمُصرِّحين آخرين أقل من { $n }
reason-under-n-examinations-of-goods-that-colleagues-examine-too = عدد المعاينات لبضائع يعاينها الزملاء أيضًا أقل من { $n }
reason-colleagues-examined-under-n-like-declarations = عدد ما عاينه الزملاء من البيانات الجمركية المماثلة أقل من { $n }
note-finding-rate-no-reason = لا يمكن عرض الحصة العشوائية على حدة: فالسجلات لا تقول لماذا اختير المسار (lane_reason).
note-finding-rate-no-items = لا تُميَّز البضائع: فالبنود غير موجودة، وقد يبدو موضع العمل السهل متساهلًا.
note-finding-rate-no-author = لا تذكر المحاضر موظفها: يُفترض أن الموظف الفاحص للبيان الجمركي هو من أعدّها.
note-finding-rate-no-tax = لا تذكر المحاضر مقدار الضريبة التي أضافتها، فلا تُذكر ضريبة معنية.
note-finding-rate-scatter-officer = يختلف الموظفون في أرجحية اكتشاف شيء بمعامل { $ratio } فوق أثر الصدفة والبضائع، مقيسًا على أوسطهم وعددهم { $units }؛ ولا تخرج وحدة عن المتوقع إلا بعد ذلك.
note-finding-rate-scatter-pair = تختلف الأزواج في أرجحية اكتشاف شيء بمعامل { $ratio } فوق أثر الصدفة والبضائع، مقيسًا على أوسطها وعددها { $units }؛ ولا تخرج وحدة عن المتوقع إلا بعد ذلك.
note-finding-rate-scatter-assumed-officer = عدد ما يصلح للقياس ({ $units }) أقل من أن يُعرف به مقدار اختلاف الموظفين عادةً في احتمال العثور على مخالفة: ويُعدّ عاديًا عاملٌ قدره { $ratio } فوق الصدفة.
note-finding-rate-scatter-assumed-pair = عدد ما يصلح للقياس ({ $units }) أقل من أن يُعرف به مقدار اختلاف الأزواج عادةً في احتمال العثور على مخالفة: ويُعدّ عاديًا عاملٌ قدره { $ratio } فوق الصدفة.
note-finding-rate-naive-officer =
    لو عُدّ كل الموظفين متماثلين إلا من حيث الصدفة، { $naive ->
        [0] لما خرج شيء عن المتوقع
       *[other] لكان عدد ما يخرج عن المتوقع { $naive }
    }. وما يتجاوز الفروق العادية: { $standing }.
note-finding-rate-naive-pair =
    لو عُدّ كل الأزواج متماثلين إلا من حيث الصدفة، { $naive ->
        [0] لما خرج شيء عن المتوقع
       *[other] لكان عدد ما يخرج عن المتوقع { $naive }
    }. وما يتجاوز الفروق العادية: { $standing }.
note-finding-rate-nobody = عدد المعاينات التي لا تذكر أي موظف { $n } من أصل { $total }؛ فلا تُحسب لأحد.
note-finding-rate-no-lane = عدد معاينات البيانات الجمركية التي بلا مسار { $n } من أصل { $total }؛ فلا تُحسب في أي موضع.

# value-shortfall
indicator-value-shortfall-title = قيم أدنى من قيم بضائع مماثلة
indicator-value-shortfall-question = هل تُقيَّم بضائع المُصرِّح بأقل حين يتولاها موظف معين مما تُقيَّم حين يتولاها غيره؟ وإن لم تذكر السجلات الموظفين: هل تُقيَّم بأقل من بضائع مماثلة لمُصرِّحين آخرين؟
indicator-value-shortfall-unit = موظف مع مُصرِّح؛ والمُصرِّح وحده حيث لا تذكر السجلات أي موظف
indicator-value-shortfall-null-hypothesis = لا تتوقف أسعار بضائع المستورد من منتج واحد في قسم واحد وربع واحد، مقارنةً ببضائع مماثلة لمُصرِّحين آخرين، على الموظف الذي تولاها، في حدود تباين الأزواج العادية ومستوى الموظف نفسه في بضائع مماثلة لمُصرِّحين آخرين. وللمُصرِّحين: لا تختلف أسعارهم عن البضائع المماثلة أكثر مما تختلف أسعار المُصرِّحين عادةً.
indicator-value-shortfall-statistic = متوسط لوغاريتم قيمة الوحدة مقارنةً ببضائع مماثلة (المنتج والمنشأ والربع، مع استبعاد المُصرِّح)، ناقصًا متوسط بضائع المُصرِّح نفسه مع موظفين آخرين؛ العزوم الثلاثة الأولى الدقيقة للسحب من دون إرجاع، واحتمال بيرسون من النوع الثالث، مقابل التباين العادي. نحو الأدنى فقط.
indicator-value-shortfall-gaming = التصريح بالسعر الصحيح وبكمية أقل من الواقع؛ الانتقال إلى بند من المنتجات لا بضائع مماثلة له؛ إبقاء كل فرق صغيرًا؛ تغيير الأسعار المرجعية؛ أن يقدّر موظف قيمًا منخفضة لجميع المُصرِّحين: فهذا السؤال لا يكشف موظفًا كهذا.
indicator-value-shortfall-counter-indicator = الكتلة الصافية مقابل ما تقوله الوثائق وأجهزة المسح؛ حصة البضائع التي لا مثيل لها بحسب المُصرِّح؛ تغييرات الجداول المرجعية؛ المخالفات المكتشفة (finding-rate).
indicator-value-shortfall-false-flags-per-thousand = قيس ذلك في 400 إدارة مخترعة بلا أي حيلة: أُشير إلى 0 من 13,080 وحدة مختبرة، في 0 من الإدارات (benchmarks/results/scorecard.md).
indicator-value-shortfall-source = مقارنة قيم الوحدات على نهج شالندار وآخرين (QJE 2023)؛ إدجنغتون وأونغينا 2007.
explanation-name-one-product = منتج واحد هو سبب الفرق
peer-product = المنتج
peer-origin = المنشأ
peer-importer = المستورد
reason-under-n-items-with-like-goods-of-other-declarants = عدد البنود التي لها بضائع مماثلة لدى مُصرِّحين آخرين أقل من { $n }
reason-under-n-items-beside-the-declarant-s-own-with-other-officers = عدد البنود إلى جانب بنود المُصرِّح مع موظفين آخرين أقل من { $n }
reason-under-n-lots-on-a-side = عدد الدفعات في أحد الجانبين أقل من { $n }
reason-not-lower-than-the-same-officer-s-like-goods-of-other-declarants-by-more-than-chance-and-what-is-uncertain-of-that-level-allow = ليست أدنى من أسعار البضائع المماثلة لمُصرِّحين آخرين لدى الموظف نفسه بما يزيد على ما تسمح به الصدفة وعدم التيقن من ذلك المستوى
reason-under-n-products = عدد المنتجات أقل من { $n }
note-value-no-officer = لا تذكر السجلات أي موظف: يُقارن المُصرِّحون ببضائع مماثلة لغيرهم، وهذا لا يميّز القيمة المنخفضة من البضائع الأرخص.
note-value-no-importer = لا يُذكر المستوردون: تُعد بضائع المُصرِّح لمستورد واحد.
note-value-no-assessed = القيم المقدَّرة غير موجودة: القيم كما صُرِّح بها، ولا يُرى ما رفعه الموظفون.
note-value-no-tax = لا تُعرف معدلات البنود ولا ضرائبها: فلا تُذكر ضريبة معنية.
note-value-nothing-priced = لا بند له قيمة وكتلة أو كمية.
note-value-coverage = لعدد { $referenced } من أصل { $priced } من البنود ({ $share }) بضائع مماثلة لدى عدد كافٍ من المُصرِّحين الآخرين للمقارنة بها.
note-value-few = لا تُدرج { $pairs } من الأزواج القليلة البنود المقيَّمة؛ وفيها { $items } من البنود.
note-value-few-declarants = لا يُدرج { $declarants } من المُصرِّحين القليلي البنود التي لها بضائع مماثلة.
note-value-scatter = تختلف الأزواج العادية عن أسعار المُصرِّح نفسه بنسبة { $share } فوق أثر الصدفة، مقيسةً على أوسطها وعددها { $units }؛ ولا يخرج زوج عن المتوقع إلا بعد ذلك.
note-value-scatter-assumed = عدد الأزواج الصالحة للقياس ({ $units }) أقل من أن يُعرف به مقدار ابتعادها عادةً عن أسعار المُصرِّح نفسه: ويُعدّ عاديًا ما نسبته { $share } فوق الصدفة.
note-value-naive =
    لو عُدّ كل الأزواج متماثلين إلا من حيث الصدفة، { $naive ->
        [0] لما خرج شيء عن المتوقع
       *[other] لكان عدد ما يخرج عن المتوقع { $naive }
    }. وما يتجاوز الفروق العادية: { $standing }.
note-value-officer-level = في { $office }، أزواج أسعارها منخفضة مقارنةً ببضائع المُصرِّح نفسه لدى الزملاء، لكنها ليست أدنى من أسعار البضائع المماثلة لمُصرِّحين آخرين لدى الموظف نفسه بما يزيد على ما تسمح به الصدفة وعدم التيقن من ذلك المستوى: { $pairs }؛ وعدد الموظفين فيها: { $officers }. قد تكون بضائع مستعملة أو من درجة أخرى تحت رمز واحد، أو مكتبًا للبضائع الأرخص، أو موظفين يقدّرون قيمًا منخفضة للجميع: الأسعار وحدها لا تميّز بينها. اسألوا المكتب أي البضائع تذهب إلى من.
note-value-scatter-declarants = تختلف أسعار المُصرِّحين عادةً بنسبة { $share } عن البضائع المماثلة، مقيسةً على أوسطهم وعددهم { $units }؛ ولا يخرج أحدهم عن المتوقع إلا بعد ذلك. والبضائع الأرخص تبدو كالقيم المنخفضة.
