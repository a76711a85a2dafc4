package io.claudeflux.tool;

import io.claudeflux.tool.ToolMethodsTests.City;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** Objects whose methods cannot be tools. */
final class BrokenTools {
    private BrokenTools() {}

    static Stream<Object> all() {
        return Stream.of(
                new Object(), new Many(), new Wholes(), new NoNull(), new Blank(), new Lists(), new Arguments());
    }

    /** A stream of results. */
    static class Many {
        @ToolMethod(description = "many")
        Flux<String> many() {
            return Flux.empty();
        }
    }

    /** Two parameters, each of which is a whole input. */
    static class Wholes {
        @ToolMethod(description = "two wholes")
        String two(@ToolParam(name = "a") City a, @ToolParam(name = "b") City b) {
            return a.name() + b.name();
        }
    }

    /** A number that may be left out. */
    static class NoNull {
        @ToolMethod(description = "no null for an int")
        int optional(@ToolParam(name = "a", required = false) int a) {
            return a;
        }
    }

    /** A name with a blank. */
    static class Blank {
        @ToolMethod(name = "no name", description = "a blank")
        String blank() {
            return "";
        }
    }

    /** A list of what is not simple. */
    static class Lists {
        @ToolMethod(description = "lists of what is not simple")
        int lists(@ToolParam(name = "a") List<City> a) {
            return a.size();
        }
    }

    /** A whole with a type argument, which the binding would not see. */
    static class Arguments {
        @ToolMethod(description = "a page of cities")
        int page(Page<City> page) {
            return page.items().size();
        }
    }

    /** A page of anything. */
    record Page<T>(List<T> items) {}

    /** A parameter that only {@code -parameters} gives a name. */
    static class Unnamed {
        @ToolMethod(description = "unnamed")
        int unnamed(int size) {
            return size;
        }
    }
}
