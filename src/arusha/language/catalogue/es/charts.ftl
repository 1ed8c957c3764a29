# Palabras fijas de los gráficos: leyenda, notas de los ejes, columnas de las tablas.

chart-no-value = ninguno
chart-interval = de { $low } a { $high }
chart-flagged = Inusual: sale de lo esperado
chart-explained = Salía de lo esperado, explicado por los registros
chart-within = Dentro de la dispersión esperada
chart-within-grid = Dentro de la dispersión esperada (un punto mayor son más casos)
chart-limit-95 = Límite del { $level } (dispersión esperada)
chart-limit-998 = Límite del { $level }
chart-limit-wide = Límite del { $level }, contando las diferencias ordinarias entre unidades
chart-zero-zone = Gris: por debajo de { $n }, ni siquiera cero es inusualmente bajo
chart-position-not-rank = La posición en este gráfico no es un puesto. Los límites sirven para el dibujo; la palabra para cada unidad viene de su propia prueba, en la tabla.
chart-beyond-edge =
    { $n ->
        [one] Una marca con pocos datos queda por encima de la imagen y se dibuja en su borde.
       *[other] { $n } marcas con pocos datos quedan por encima de la imagen y se dibujan en su borde.
    }
chart-funnel-alternative =
    Gráfico de puntos: { $units }. En horizontal: { $x }. En vertical: { $y }. Los límites curvos se estrechan al crecer la exposición.
    { $flagged ->
        [0] Nada sale de lo esperado.
        [one] Un punto sale de lo esperado y figura en la tabla de esta pregunta.
       *[other] { $flagged } puntos salen de lo esperado y figuran en la tabla de esta pregunta.
    }
    { $explained ->
        [0] { "" }
        [one] Otro salía de lo esperado y los registros lo explican.
       *[other] Otros { $explained } salían de lo esperado y los registros los explican.
    }
chart-column-units = Unidades
chart-column-middle = Valor central
chart-column-middle-95 = { $share } central de las unidades
chart-column-flagged = Inusual
chart-column-explained = Explicado
chart-column-raw = Antes de la contracción
chart-column-shrunken = Después de la contracción
chart-column-interval = Intervalo
chart-column-observed = Observado
chart-column-expected = Esperado
chart-column-ratio = Observado / esperado
chart-column-office = Aduana
chart-column-n = Declaraciones
chart-column-rate = Tasa observada
chart-column-lane-from = Canal asignado
chart-column-lane-to = Canal al despacho
chart-column-outcome = Resultado
chart-column-share = Parte del total

chart-shrunken = Estimación después de la contracción, con su intervalo
chart-raw = Antes de la contracción
chart-band = Banda gris: el { $share } central de otras { $n } unidades
chart-caterpillar-note = Las unidades están en un orden neutro. Lo inusual lo decide una prueba, no que un intervalo incluya lo esperado. La contracción acerca a la media las unidades con pocos datos: cerca de ella, pocos datos significan «no se puede concluir», no «está bien».
chart-caterpillar-alternative =
    { $n ->
        [one] Una unidad, una fila. En horizontal: { $x }.
       *[other] { $n } unidades, una fila cada una, en un orden neutro. En horizontal: { $x }.
    } Intervalos que incluyen { $benchmark }: { $touching }. Fuera de lo esperado: { $flagged }.

chart-matrix-corner = Hacia abajo: { $rows }. Hacia el lado: { $columns }.
chart-matrix-flagged = Marco grueso: inusual. Marco fino: salía de lo esperado, explicado por los registros
chart-matrix-reading = Cada casilla: observado / esperado. En blanco: menos de 1 esperado, demasiado poco para decir algo. Un punto: sin prueba.
chart-matrix-cell = { $observed } / { $expected }
chart-matrix-note = Los funcionarios y los declarantes van en orden neutro. Los intervalos están con los números de este gráfico.
chart-matrix-alternative =
    Cuadrícula ({ $rows } en filas, { $columns } en columnas): { $n } pares sometidos a prueba, cada uno con lo observado dividido por lo esperado.
    Pares con una vez y media lo esperado o más: { $over }. Fuera de lo esperado: { $flagged }.

chart-rate-seen = Tasa observada, con su intervalo
chart-rates-alternative =
    { $n } tasas con sus intervalos. En horizontal: { $x }. Intervalos que incluyen la referencia ({ $parameter }): { $inside }. Fuera de lo esperado: { $flagged }.
chart-rates-alone-alternative = { $n } tasas con sus intervalos. En horizontal: { $x }. Fuera de lo esperado: { $flagged }.
chart-rates-floor-alternative = { $n } tasas con sus intervalos. En horizontal: { $x }. Intervalos enteros por debajo de la referencia ({ $parameter }): { $below }. Fuera de lo esperado: { $flagged }.
chart-rates-left-out = Otras { $n } tasas están en las tablas de los gráficos de esta pregunta, carpeta «tables».

chart-alluvial-from = Canal asignado
chart-alluvial-to = Canal al despacho
chart-alluvial-outcome = Resultado
chart-alluvial-other = Otros flujos, menores
chart-alluvial-alternative = { $n } declaraciones pasan del canal asignado al canal al despacho y luego al resultado. El mayor flujo es { $largest }, { $share } del total.
chart-alluvial-note = Los flujos de menos de { $least } declaraciones se agrupan.
chart-concentration-seen = Parte del impuesto de todas las mercancías comparadas, con su intervalo
chart-concentration-alternative = { $y }. Las primeras ({ $first }): { $share }. Todas ({ $all }): { $whole }. Puntos con intervalos entre ambas.
chart-concentration-note = Las unidades se ordenan por una mitad de las semanas y se cuentan por la otra, para que el ruido no añada nada. No se nombra a nadie. Una parte negativa significa precios por encima de los de mercancías semejantes.

chart-calendar-gap = Con marco: ninguna declaración, aunque la aduana tiene antes y después
chart-calendar-note = Tono: hasta la mitad del mes mediano de la aduana, hasta una vez y media, más. Un punto: antes de su primer mes o después del último. El primer y el último mes pueden estar cortados por el período.
chart-calendar-thousands = Las cifras están en miles.
chart-calendar-alternative = Declaraciones de { $rows } aduanas en { $columns } meses. Meses sin declaraciones entre el primero y el último de una aduana: { $gaps }.

chart-shares-seen = Parte con su intervalo
chart-shares-expected = Esperado según las anteriores
chart-shares-out = Inusual: por encima de lo esperado
chart-shares-alternative = { $n } partes en el orden del tiempo, cada una con su intervalo. Hacia arriba: { $value }. Por encima de lo esperado: { $out }. Sin anteriores suficientes para esperar algo: { $unknown }.
chart-shares-left-out = Las anteriores están solo en la tabla: { $n }.

chart-study-treated = Unidades bajo la medida
chart-study-others = Otras unidades
chart-study-start = Trazo vertical: empieza la medida
chart-study-announced = Línea vertical de puntos: se anunció
chart-study-effect = Efecto, con una banda que vale para todos a la vez
chart-study-reference = Último período anterior: 0 por construcción
chart-study-other = Una unidad no tratada
chart-study-diamond = Rombo: las unidades bajo la medida juntas
chart-study-note = Cada punto es una diferencia con el último período antes del inicio: los de antes muestran si las unidades iban a la par; si pasan, eso prueba poco, porque tales pruebas rara vez ven derivas lentas.
chart-study-note-all = Cada punto es una diferencia con la media de todos los períodos antes del inicio: los de antes muestran si las unidades iban a la par; si pasan, eso prueba poco, porque tales pruebas rara vez ven derivas lentas.
chart-study-means-alternative = { $y } en { $n } períodos, de { $first } a { $last }: medias de las unidades bajo la medida (línea gruesa) y de las otras unidades (a trazos).
chart-study-effects-alternative = Efectos según { $n } períodos desde el inicio. Bandas que excluyen 0: { $before } antes del inicio, { $after } de { $since } desde el inicio.
chart-study-spread-alternative = Cambios de { $n } unidades no tratadas junto al de las unidades bajo la medida, { $treated }; { $beyond } están igual de lejos de 0.
chart-threshold-line = Trazo vertical: el umbral
chart-threshold-within = Lleno: donde conviene estar
chart-threshold-beyond = Contorno: más allá
chart-threshold-placebo = Línea vertical de puntos: aquí no empieza ninguna regla
chart-threshold-side = Lado
chart-threshold-alternative = { $n } valores declarados en { $bins } intervalos alrededor del umbral { $at }: { $within } en el último intervalo donde conviene estar, { $beyond } en el primero más allá.
chart-timeline-rows = Registros
chart-timeline-towards = Apuntan a favor
chart-timeline-away = Apuntan en contra
chart-timeline-neither = No cuentan en ningún sentido
chart-timeline-month = Mes
chart-timeline-alternative = Registros de { $n } meses. A favor: { $towards }. En contra: { $away }. En ningún sentido: { $neither }.
chart-timeline-left-out = Los meses anteriores están solo en la tabla: { $n }.
