package blackbox;

import static blackbox.Records.change;
import static blackbox.Records.item;
import static blackbox.Records.refusal;
import static blackbox.Records.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Item;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each leniency lets through what it is for and nothing else; off, the message names it. */
class LeniencyTest {
    private static final Map<String, ChangeEventDecoder> LENIENT = Map.of(
            "emptyValueAsMap",
            ChangeEventDecoder.builder().emptyValueAsMap(true).build(),
            "numbersAsJson",
            ChangeEventDecoder.builder().numbersAsJson(true).build(),
            "descriptorAliases",
            ChangeEventDecoder.builder().descriptorAliases(true).build(),
            "unknownDescriptors",
            ChangeEventDecoder.builder().unknownDescriptors(true).build());

    private static ChangeEventDecoder lenient(String option) {
        ChangeEventDecoder decoder = LENIENT.get(option);
        assertThat(decoder).isNotNull();
        return decoder;
    }

    private static DecodeException refusalOf(ChangeEventDecoder decoder, String value) {
        return refusal(decoder, change("MODIFY", "'NewImage':{'v':" + value + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|NO_TYPE|emptyValueAsMap",
                "{'L':[{}]}|NO_TYPE|emptyValueAsMap",
                "{'M':{'m':{}}}|NO_TYPE|emptyValueAsMap",
                "{'N':1}|WRONG_TYPE|numbersAsJson",
                "{'NS':['1',-2.5]}|WRONG_TYPE|numbersAsJson",
                "{'s':'x'}|UNKNOWN_TYPE|descriptorAliases",
                "{'nul':true}|UNKNOWN_TYPE|descriptorAliases",
                "{'XS':'x'}|UNKNOWN_TYPE|unknownDescriptors",
                "{'L':[{'':1}]}|UNKNOWN_TYPE|unknownDescriptors",
            })
    void whatALeniencyIsForIsRefusedWithoutItAndNamesIt(String value, Reason reason, String option) {
        DecodeException refusal = refusalOf(Records.DECODER, value);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.getMessage()).contains(option);
        assertThat(value(lenient(option), value)).isNotNull();
        for (Map.Entry<String, ChangeEventDecoder> other : LENIENT.entrySet()) {
            boolean overlaps = reason == Reason.UNKNOWN_TYPE && other.getKey().equals("unknownDescriptors");
            if (!other.getKey().equals(option) && !overlaps) {
                assertThat(refusalOf(other.getValue(), value).reason()).isEqualTo(reason);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'S':1}", "{'S':null}", "{'B':1}", "{'SS':[1]}", "{'BS':[1]}", "{'BOOL':1}", "{'BOOL':'true'}",
                "{'NULL':null}", "{'NULL':1}", "{'L':{}}", "{'M':[]}", "{'N':true}", "{'NS':[true]}", "{'N':[]}",
                "null", "1", "'x'", "[]", "true"
            })
    void noLeniencyLetsAWrongTypeThrough(String value) {
        LENIENT.forEach((option, decoder) -> {
            boolean isNullSibling = option.equals("descriptorAliases") && value.endsWith(":null}");
            assertThat(refusalOf(decoder, value).reason())
                    .as(option)
                    .isEqualTo(isNullSibling ? Reason.NO_TYPE : Reason.WRONG_TYPE);
        });
    }

    @Test
    void strictInputMeansTheSameUnderEveryLeniency() {
        String item = "{'s':{'S':'x'},'n':{'N':'1'},'b':{'B':'YQ=='},'t':{'BOOL':true},'z':{'NULL':true},"
                + "'ss':{'SS':['a']},'ns':{'NS':['1']},'bs':{'BS':['YQ==']},'l':{'L':[{'M':{}}]},'m':{'M':{'N':{'N':'2'}}}}";
        LENIENT.forEach(
                (option, decoder) -> assertThat(item(decoder, item)).as(option).isEqualTo(item(item)));
    }

    // ---------------------------------------------------------------------------------------- emptyValueAsMap

    @Test
    void anEmptyValueIsAnEmptyMap() {
        ChangeEventDecoder decoder = lenient("emptyValueAsMap");
        Item item = item(decoder, "{'a':{},'l':{'L':[{},{'S':'x'},{ }]},'m':{'M':{'b':{}}},'last':{'S':'y'}}");
        assertThat(item)
                .isEqualTo(item("{'a':{'M':{}},'l':{'L':[{'M':{}},{'S':'x'},{'M':{}}]},"
                        + "'m':{'M':{'b':{'M':{}}}},'last':{'S':'y'}}"));
        assertThat(item.require("a").type()).isEqualTo(AttributeType.M);
        assertThat(item.toMap().get("a")).isEqualTo(Map.of());
    }

    // ------------------------------------------------------------------------------------------ numbersAsJson

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1", "-1.50", "1E3", "1e-7", "12345678901234567890.12345678901234567890"})
    void aJsonNumberIsItsText(String text) {
        AttributeValue number = value(lenient("numbersAsJson"), "{'N':" + text + "}");
        assertThat(number.numberText()).isEqualTo(text);
        assertThat(number.asBigDecimal()).isEqualTo(new BigDecimal(text));
        assertThat(number).isEqualTo(Records.number(text));
    }

    @Test
    void aNumberSetMayMixNumbersAndStrings() {
        AttributeValue set = value(lenient("numbersAsJson"), "{'NS':[1,'+2',-3.5]}");
        assertThat(set.asNumberSet())
                .isEqualTo(Set.of(new BigDecimal("1"), new BigDecimal("2"), new BigDecimal("-3.5")));
    }

    @ParameterizedTest
    @CsvSource({
        "+1, UNEXPECTED_BYTE",
        "01, UNEXPECTED_BYTE",
        "1., UNEXPECTED_BYTE",
        ".5, UNEXPECTED_BYTE",
        "NaN, UNEXPECTED_BYTE",
        "1E10000, NUMBER_LIMIT",
        "1E-99999, NUMBER_LIMIT",
    })
    void aJsonNumberKeepsJsonsGrammarAndTheLimits(String text, Reason reason) {
        assertThat(refusalOf(lenient("numbersAsJson"), "{'N':" + text + "}").reason())
                .isEqualTo(reason);
    }

    @Test
    void aJsonNumberOfMoreThan256CharactersIsOverTheLimit() {
        assertThat(value(lenient("numbersAsJson"), "{'N':" + "9".repeat(256) + "}")
                        .numberText())
                .hasSize(256);
        assertThat(refusalOf(lenient("numbersAsJson"), "{'N':" + "9".repeat(257) + "}")
                        .reason())
                .isEqualTo(Reason.NUMBER_LIMIT);
    }

    // -------------------------------------------------------------------------------------- descriptorAliases

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'s':'x'}|{'S':'x'}",
                "{'n':'1'}|{'N':'1'}",
                "{'b':'YQ=='}|{'B':'YQ=='}",
                "{'bool':false}|{'BOOL':false}",
                "{'Bool':true}|{'BOOL':true}",
                "{'null':true}|{'NULL':true}",
                "{'nul':true}|{'NULL':true}",
                "{'ss':['a']}|{'SS':['a']}",
                "{'ns':['1']}|{'NS':['1']}",
                "{'bs':['YQ==']}|{'BS':['YQ==']}",
                "{'l':[{'s':'x'}]}|{'L':[{'S':'x'}]}",
                "{'m':{'s':{'n':'1'}}}|{'M':{'s':{'N':'1'}}}",
                "{'\\u0073':'x'}|{'S':'x'}",
                "{'s':'x','n':null,'ss':null,'m':null,'nul':null}|{'S':'x'}",
                "{'s':null,'n':null,'l':[],'nul':null}|{'L':[]}",
                "{'S':'x','N':null,'Anything':null}|{'S':'x'}",
            })
    void aliasesMeanTheDescriptorAndNullSiblingsNothing(String alias, String strict) {
        AttributeValue value = value(lenient("descriptorAliases"), alias);
        assertThat(value).isEqualTo(value(strict));
        assertThat(value.type()).isEqualTo(value(strict).type());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'s':'x','n':'1'}|TWO_TYPES",
                "{'s':'x','S':'x'}|TWO_TYPES",
                "{'s':null,'n':null}|NO_TYPE",
                "{}|NO_TYPE",
                "{'xs':'x'}|UNKNOWN_TYPE",
                "{'nulll':true}|UNKNOWN_TYPE",
                "{'\u017f':'x'}|UNKNOWN_TYPE",
                "{'n':1}|WRONG_TYPE",
                "{'s':'x',}|UNEXPECTED_BYTE",
            })
    void aliasesStillWantExactlyOneDescriptor(String value, Reason reason) {
        assertThat(refusalOf(lenient("descriptorAliases"), value).reason()).isEqualTo(reason);
    }

    // ------------------------------------------------------------------------------------- unknownDescriptors

    @ParameterizedTest
    @ValueSource(strings = {"{'a':[1,'\u00e9\\n',null]}", "[]", "null", "1.50", "true", "'te\\u0078t'"})
    void anUnknownValueHasItsJsonText(String json) {
        AttributeValue value = value(lenient("unknownDescriptors"), "{'XS': " + json + " }");
        assertThat(value.type()).isEqualTo(AttributeType.UNKNOWN);
        assertThat(value.unknownJson()).isEqualTo(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'XS':1,'S':'x'}|TWO_TYPES",
                "{'S':'x','XS':1}|TWO_TYPES",
                "{'XS':1,'XS':1}|TWO_TYPES",
                "{}|NO_TYPE",
                "{'XS':[1,]}|UNEXPECTED_BYTE",
                "{'XS':tru}|BAD_LITERAL",
                "{'XS':'\\q'}|BAD_ESCAPE",
            })
    void anUnknownValueIsStillOneAndSoundJson(String value, Reason reason) {
        assertThat(refusalOf(lenient("unknownDescriptors"), value).reason()).isEqualTo(reason);
    }
}
