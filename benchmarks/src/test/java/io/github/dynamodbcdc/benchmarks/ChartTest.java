package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
    private final Samples samples = new Samples();

    @Test
    void theChartIsWellFormedAndItsBarsAreProportionalToTheRatios() throws Exception {
        add(Task.FULL, Payload.TYPICAL, Implementation.JACKSON_TREE, 8000);
        add(Task.FULL, Payload.TYPICAL, Implementation.SESSION, 2000);
        add(Task.FULL, Payload.WIDE, Implementation.JACKSON_TREE, 9000);
        add(Task.FULL, Payload.WIDE, Implementation.SESSION, 9000);
        add(Task.INDEX, Payload.TYPICAL, Implementation.JACKSON_STREAM, 5000);
        add(Task.INDEX, Payload.TYPICAL, Implementation.SESSION, 1000);
        Document chart = parse(svg());

        List<Double> ratios = new ArrayList<>();
        List<Double> lengthsPerRatio = new ArrayList<>();
        for (Element rectangle : elements(chart, "rect")) {
            if (rectangle.hasAttribute("data-ratio")) {
                double ratio = Double.parseDouble(rectangle.getAttribute("data-ratio"));
                ratios.add(ratio);
                lengthsPerRatio.add(Double.parseDouble(rectangle.getAttribute("width")) / ratio);
            }
        }
        // The mean of 4 and 1 is 2; the fastest is first.
        assertThat(ratios).containsExactly(4.0, 2.0, 1.0, 1.0, 5.0, 5.0, 1.0, 1.0);
        assertThat(lengthsPerRatio)
                .allSatisfy(length -> assertThat(length).isCloseTo(lengthsPerRatio.get(0), within(0.2)));
    }

    @Test
    void barsHaveNumbersAndNotes() throws Exception {
        add(Task.FULL, Payload.TYPICAL, Implementation.JACKSON_TREE, 8000);
        add(Task.FULL, Payload.TYPICAL, Implementation.SESSION, 2000);

        assertThat(elements(parse(svg()), "text"))
                .extracting(Element::getTextContent)
                .contains(
                        "How many times faster than Jackson",
                        "dynamodb-cdc session",
                        "4.00× · 2,000 ns",
                        "geometric mean of 1 payload",
                        "JDK: 17 & <more>",
                        "machine: unknown");
    }

    @Test
    void everythingIsInsideTheImage() throws Exception {
        double nanos = 1000;
        for (Task task : Task.OF_EVENTS) {
            for (Implementation implementation : Implementation.values()) {
                add(task, Payload.TYPICAL, implementation, nanos);
                nanos *= 1.5;
            }
        }
        Document chart = parse(svg());

        double width = Double.parseDouble(chart.getDocumentElement().getAttribute("width"));
        double height = Double.parseDouble(chart.getDocumentElement().getAttribute("height"));
        for (Element rectangle : elements(chart, "rect")) {
            assertThat(sum(rectangle, "x", "width")).isLessThan(width);
            assertThat(sum(rectangle, "y", "height")).isLessThan(height);
        }
        for (Element text : elements(chart, "text")) {
            assertThat(Double.parseDouble(text.getAttribute("y"))).isLessThan(height);
        }
    }

    @Test
    void aChartOfNothingIsRefused() {
        assertThatThrownBy(this::svg).isInstanceOf(IllegalArgumentException.class);
    }

    /** As long as the room to the left of the bars. */
    @ParameterizedTest
    @EnumSource
    void everyImplementationHasAReadableLabelOfItsOwn(Implementation implementation) {
        assertThat(ChartSvg.label(implementation))
                .isNotEmpty()
                .doesNotContain("_")
                .hasSizeLessThanOrEqualTo(26);
        assertThat(Arrays.stream(Implementation.values())
                        .filter(other -> ChartSvg.label(other).equals(ChartSvg.label(implementation))))
                .containsExactly(implementation);
    }

    @Test
    void theTableHasTheLibrarysRatios() {
        add(Task.FULL, Payload.TYPICAL, Implementation.JACKSON_TREE, 8000);
        add(Task.FULL, Payload.TYPICAL, Implementation.FASTJSON2, 3000);
        add(Task.FULL, Payload.TYPICAL, Implementation.SESSION, 2000);
        add(Task.FULL, Payload.WIDE, Implementation.JACKSON_TREE, 9000);
        add(Task.FULL, Payload.WIDE, Implementation.SESSION, 9000);
        add(Task.ROW, Payload.TYPICAL, Implementation.PINOT_ADAPTER, 1000);

        assertThat(new ChartTable(samples).markdown()).isEqualToNormalizingNewlines("""
                | task | base | typical: ns | B allocated | × base | × fastest peer | geomean: × base | × fastest peer |
                | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                | full | Jackson tree | 2,000 | 64 | 4.00× | 1.50× | 2.00× | 1.22× |
                | row | Pinot's JSON decoder | 1,000 | 64 | – | – | – | – |
                """);
    }

    private void add(Task task, Payload payload, Implementation implementation, double nanos) {
        samples.add(new Samples.Case(task, payload, implementation), new Samples.Sample(nanos * 2, nanos, 64));
    }

    private String svg() {
        return new ChartSvg(new RatioResults(Map.of("JDK", "17 & <more>"), samples)).svg();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }

    private static List<Element> elements(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static double sum(Element element, String first, String second) {
        return Double.parseDouble(element.getAttribute(first)) + Double.parseDouble(element.getAttribute(second));
    }
}
