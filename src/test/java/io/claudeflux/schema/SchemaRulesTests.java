package io.claudeflux.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.Finding;
import io.claudeflux.error.PreflightException;
import io.claudeflux.message.Json;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about schemas written by hand; quotes are written as apostrophes. */
class SchemaRulesTests {
    private static final String CLOSED = "'additionalProperties':false";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "number    | {'type':'number','minimum':1}                     | $.properties.a.minimum is a keyword that is not accepted",
                "pattern   | {'type':'string','pattern':'x+'}                  | $.properties.a.pattern is a keyword that is not accepted",
                "oneOf     | {'oneOf':[{'type':'string'}]}                     | $.properties.a.oneOf is a keyword that is not accepted",
                "allOf     | {'allOf':[{'type':'string'}]}                     | $.properties.a.allOf is a keyword that is not accepted",
                "format    | {'type':'string','format':'iri'}                  | $.properties.a.format is a format that is not known",
                "minItems  | {'type':'array','items':{'type':'string'},'minItems':2} | $.properties.a.minItems is neither 0 nor 1",
                "open      | {'type':'object','properties':{}}                 | $.properties.a.additionalProperties is not false",
                "map       | {'type':'object','additionalProperties':{'type':'string'}} | $.properties.a.additionalProperties is not false",
                "unknown   | {'type':'text'}                                   | $.properties.a.type is no type",
                "dangling  | {'$ref':'#/$defs/b'}                              | $.properties.a.$ref points to nothing in this schema",
                "elsewhere | {'$ref':'https://example.com/schema'}             | $.properties.a.$ref points to nothing in this schema",
                "deep      | {'type':'array','items':{'type':'array','items':{'type':'string','maxLength':3}}} | $.properties.a.items.items.maxLength is a keyword that is not accepted",
                "choice    | {'anyOf':[{'type':'null'},{'type':'string','minLength':1}]} | $.properties.a.anyOf[1].minLength is a keyword that is not accepted",
                "boolean   | true                                              | $.properties.a is not an object",
            })
    void aPropertyThatIsNotAcceptedIsNamedWithItsPlace(String name, String property, String found) {
        JsonSchema schema =
                schema("{'type':'object','properties':{'a':" + property + "},'required':['a']," + CLOSED + "}");

        assertThat(problems(schema)).startsWith(found);
        assertThatThrownBy(() -> StructuredOutput.of(schema))
                .isInstanceOf(PreflightException.class)
                .hasMessageContaining(found.substring(0, found.indexOf(' ')) + ": ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'object','properties':{'a':{'type':'string'}}}              | $.required does not name the property a",
                "{'type':'object','properties':{},'required':['b']}                  | $.required names what is no property",
                "{'type':'array','items':{'type':'string'}}                          | $.type the root is not an object",
                "{'anyOf':[{'type':'object'}]}                                       | $.anyOf the root is a choice",
                "{'type':'object','definitions':{}}                                  | $.definitions is a keyword that is not accepted",
            })
    void aRootThatIsNotAcceptedIsNamed(String text, String found) {
        assertThat(problems(schema(text))).contains(found);
    }

    @Test
    void whatIsAcceptedIsFreeOfFindings() {
        JsonSchema schema = schema("{'$schema':'https://json-schema.org/draft/2020-12/schema','$id':'x','title':'t',"
                + "'type':'object','description':'d','properties':{'a':{'enum':['x',1]},'b':{'const':3},"
                + "'c':{'type':['string','null'],'format':'email'},'d':{'$ref':'#/$defs/x~1y'},'e':{'$ref':'#'},"
                + "'f':{'type':'array','items':{'type':'integer'},'minItems':1}},"
                + "'required':['a','b','c','d','e','f'],'$defs':{'x/y':{'type':'boolean'}}," + CLOSED + "}");

        assertThat(schema.check()).isEmpty();
        assertThat(schema.relaxed()).isEqualTo(schema);
    }

    @Test
    void whatMayBeAnythingIsAWarning() {
        JsonSchema schema = schema("{'type':'object','properties':{'a':{}},'required':['a']," + CLOSED + "}");

        assertThat(schema.check()).singleElement().matches(finding -> !finding.isRefusal());
        assertThat(StructuredOutput.of(schema).schema()).isEqualTo(schema);
    }

    @Test
    void limitsGoIntoTheDescriptionAndEverythingIsRequired() {
        JsonSchema relaxed = schema("{'type':'object','maxProperties':9,'properties':{"
                        + "'age':{'type':'integer','minimum':0,'maximum':150,'description':'in years'},"
                        + "'code':{'type':'string','pattern':'[A-Z]+','format':'iri'},"
                        + "'tags':{'type':'array','items':{'type':'string','maxLength':8},'minItems':2},"
                        + "'kind':{'oneOf':[{'type':'string','minLength':1},{'type':'integer'}]},"
                        + "'maybe':{'type':['string','null']},"
                        + "'inner':{'type':'object','properties':{'x':{'type':'number'}},'additionalProperties':true}"
                        + "},'required':['age']}")
                .relaxed();

        assertThat(relaxed.json())
                .isEqualTo(schema("{'type':'object','description':'maxProperties 9','properties':{"
                                + "'age':{'type':'integer','description':'in years (minimum 0, maximum 150)'},"
                                + "'code':{'anyOf':[{'type':'string','description':'pattern \\'[A-Z]+\\', format \\'iri\\''},{'type':'null'}]},"
                                + "'tags':{'anyOf':[{'type':'array','items':{'type':'string','description':'maxLength 8'},'description':'minItems 2'},{'type':'null'}]},"
                                + "'kind':{'anyOf':[{'type':'string','description':'minLength 1'},{'type':'integer'},{'type':'null'}]},"
                                + "'maybe':{'type':['string','null']},"
                                + "'inner':{'anyOf':[{'type':'object','properties':{'x':{'anyOf':[{'type':'number'},{'type':'null'}]}},'required':['x'],"
                                + CLOSED + "},{'type':'null'}]}"
                                + "},'required':['age','code','tags','kind','maybe','inner']," + CLOSED + "}")
                        .json());
        assertThat(relaxed.check()).isEmpty();
        assertThat(relaxed.relaxed()).isEqualTo(relaxed);
    }

    @Test
    void whatCannotBeSaidInAnotherWayStaysAndIsTold() {
        JsonSchema relaxed = schema("{'type':'object','properties':{'a':{'allOf':[{'type':'string','minLength':2}]},"
                        + "'b':{'type':'object','additionalProperties':{'type':'string'}}},'required':['a','b']}")
                .relaxed();

        assertThat(problems(relaxed))
                .contains("$.properties.a.allOf is a keyword", "$.properties.b.additionalProperties is not false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'n':1.0}                       | ",
                "{'n':10e-1}                     | ",
                "{'n':1.5}                       | $.n must be of type integer",
                "{'n':1,'more':true}             | ",
                "{'n':1,'list':[]}               | $.list must have 1 or more elements",
                "{'n':1,'list':['a',null]}       | $.list[1] must be of one of the types [string, integer]",
                "{'n':1,'list':['a',7]}          | ",
                "{'n':1,'fixed':2.00}            | ",
                "{'n':1,'fixed':3}               | $.fixed must be the constant of the schema",
                "{'n':1,'word':'c'}              | $.word must be one of the 2 values of the schema",
                "{'n':1,'self':{'n':2}}          | ",
                "{'n':1,'self':{'n':'2'}}        | $.self.n must be of type integer",
                "{'n':1,'circle':3}              | ",
                "{'n':1,'none':null}             | $.none fits none of its 0 choices",
                "[]                              | $ must be of type object",
                "3                               | $ must be of type object",
            })
    void misfitsAreFoundWhereTheyAre(String value, String found) {
        JsonSchema schema = schema("{'type':'object','properties':{'n':{'type':'integer'},'fixed':{'const':2},"
                + "'list':{'type':'array','items':{'type':['string','integer']},'minItems':1},"
                + "'word':{'enum':['a','b']},'self':{'anyOf':[{'$ref':'#'},{'type':'null'}]},"
                + "'circle':{'$ref':'#/$defs/c'},'none':{'anyOf':[]}},"
                + "'required':['n'],'$defs':{'c':{'$ref':'#/$defs/c'}}}");

        assertThat(schema.misfit(Json.parse(value.replace('\'', '"'))).orElse(null))
                .isEqualTo(found);
    }

    private static String problems(JsonSchema schema) {
        return schema.check().stream()
                .filter(Finding::isRefusal)
                .map(finding -> finding.path() + " " + finding.problem())
                .collect(Collectors.joining("\n"));
    }

    private static JsonSchema schema(String text) {
        String json = text.replace("\\'", "\u0000").replace('\'', '"').replace("\u0000", "\\\"");
        return JsonSchema.of(Json.parse(json));
    }
}
