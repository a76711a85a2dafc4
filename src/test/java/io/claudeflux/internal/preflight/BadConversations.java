package io.claudeflux.internal.preflight;

import static io.claudeflux.internal.preflight.Case.given;
import static io.claudeflux.internal.preflight.Case.simulated;

import java.util.List;
import java.util.stream.Stream;

/** Conversations with something wrong. */
final class BadConversations {
    private BadConversations() {}

    static Stream<Case> all() {
        return Stream.of(turns(), content(), pairing(), prefill()).flatMap(List::stream);
    }

    /** The beginning of a conversation: a question, and calls of a tool with these ids. */
    static String call(String... ids) {
        StringBuilder calls = new StringBuilder();
        for (String id : ids) {
            calls.append(calls.isEmpty() ? "" : ",")
                    .append("{'type':'tool_use','id':'" + id + "','name':'get','input':{}}");
        }
        return "'messages':[{'role':'user','content':'Hi'}," + turn("assistant", calls.toString()) + ",";
    }

    static String turn(String role, String blocks) {
        return "{'role':'" + role + "','content':[" + blocks + "]}";
    }

    private static String result(String id) {
        return "{'type':'tool_result','tool_use_id':'" + id + "','content':'ok'}";
    }

    private static String text(String text) {
        return "{'type':'text','text':'" + text + "'}";
    }

    private static String conversation(String... turns) {
        return "{'messages':[" + String.join(",", turns) + "]}";
    }

    private static List<Case> turns() {
        String user = turn("user", text("Hi"));
        String assistant = turn("assistant", text("Ho"));
        return List.of(
                simulated("no role", conversation("{'content':'Hi'}"), "REFUSED messages[0].role is empty"),
                given(
                        "unknown role",
                        conversation(turn("developer", text("Hi"))),
                        "WARNING messages[0].role is 'developer'"),
                given("user says nothing", conversation(turn("user", "")), "REFUSED messages[0].content is empty"),
                simulated(
                        "empty string",
                        conversation("{'role':'user','content':''}"),
                        "REFUSED messages[0].content is empty"),
                given(
                        "system first",
                        conversation(turn("system", text("Be brief.")), user),
                        "WARNING messages[0].role is 'system' in the first turn"),
                given(
                        "system behind the assistant",
                        conversation(user, assistant, turn("system", text("Be brief.")), user),
                        "WARNING messages[2].role is 'system' behind 'assistant'",
                        "WARNING messages[2].role is 'system' ahead of 'user'"),
                given(
                        "system twice",
                        conversation(user, turn("system", text("Be brief.")), turn("system", text("Be kind."))),
                        "WARNING messages[2].role is 'system' behind 'system'"),
                given(
                        "system says nothing",
                        conversation(user, turn("system", "")),
                        "WARNING messages[1].content is empty"));
    }

    private static List<Case> content() {
        String user = turn("user", text("Hi"));
        String image = "{'type':'image','source':{'type':'base64','media_type':'%s','data':'%s'}}";
        return List.of(
                simulated(
                        "empty text",
                        conversation(turn("user", text("") + "," + text("Hi"))),
                        "REFUSED messages[0].content[0].text is empty"),
                given(
                        "empty text of the assistant",
                        conversation(user, turn("assistant", text("") + "," + text("Ho")), user),
                        "WARNING messages[1].content[0].text is empty"),
                given(
                        "white space",
                        conversation(turn("user", text(" "))),
                        "WARNING messages[0].content is white space"),
                given(
                        "empty system text",
                        "{'system':[" + text("a") + "," + text("") + "]}",
                        "REFUSED system[1].text is empty"),
                given("blank system", "{'system':' '}", "WARNING system is white space"),
                given(
                        "image without data",
                        conversation(turn("user", image.formatted("image/png", ""))),
                        "REFUSED messages[0].content[0].source.data is empty"),
                given(
                        "image of another kind",
                        conversation(turn("user", image.formatted("image/tiff", "AA=="))),
                        "WARNING messages[0].content[0].source.media_type is 'image/tiff'"),
                given(
                        "image from nowhere",
                        conversation(turn("user", "{'type':'image','source':{'type':'url','url':''}}")),
                        "REFUSED messages[0].content[0].source.url is empty"),
                given(
                        "file without an id",
                        conversation(turn("user", "{'type':'document','source':{'type':'file','file_id':''}}")),
                        "REFUSED messages[0].content[0].source.file_id is empty"),
                simulated(
                        "block without a type",
                        conversation(turn("user", "{'x':1}")),
                        "REFUSED messages[0].content[0].type is missing"),
                given(
                        "thinking user",
                        conversation(turn("user", "{'type':'thinking','thinking':'x','signature':'y'}")),
                        "REFUSED messages[0].content[0].type is 'thinking' in a user turn"),
                given(
                        "thinking without a signature",
                        conversation(
                                user, turn("assistant", "{'type':'thinking','thinking':'x','signature':''}"), user),
                        "WARNING messages[1].content[0].signature is empty"));
    }

    private static List<Case> pairing() {
        String user = turn("user", text("Hi"));
        String place = "messages[2].content[0].tool_use_id ";
        return List.of(
                given(
                        "no result",
                        "{" + call("a") + user + "]}",
                        "REFUSED messages[1].content[0].id is 'a', and the next turn has no result for it"),
                given(
                        "call at the end",
                        "{" + call("a") + turn("assistant", text("Ho")) + "]}",
                        "REFUSED messages[2] is an answer begun for the model, and 'claude-sonnet-5-5' takes none",
                        "REFUSED messages[1].content[0].id is 'a', and the next turn has no result for it"),
                given(
                        "one of two results",
                        "{" + call("a", "b") + turn("user", result("a")) + "]}",
                        "REFUSED messages[1].content[1].id is 'b', and the next turn has no result for it"),
                given(
                        "result too late",
                        "{" + call("a") + user + "," + turn("assistant", text("Ho")) + "," + turn("user", result("a"))
                                + "]}",
                        "REFUSED messages[1].content[0].id is 'a', and the next turn has no result for it",
                        "REFUSED messages[4].content[0].tool_use_id is 'a', and no tool_use of the turn before has that id"),
                given(
                        "result of nothing",
                        conversation(turn("user", result("a"))),
                        "REFUSED messages[0].content[0].tool_use_id is 'a', and no tool_use of the turn before has that id"),
                given(
                        "another result",
                        "{" + call("a") + turn("user", result("b")) + "]}",
                        "REFUSED " + place + "is 'b', and no tool_use of the turn before has that id",
                        "REFUSED messages[1].content[0].id is 'a', and the next turn has no result for it"),
                given(
                        "result twice",
                        "{" + call("a") + turn("user", result("a") + "," + result("a")) + "]}",
                        "REFUSED messages[2].content[1].tool_use_id is 'a', as that of messages[2].content[0] is"),
                given(
                        "id twice",
                        "{" + call("a", "a") + turn("user", result("a")) + "]}",
                        "REFUSED messages[1].content[1].id is 'a', as that of messages[1].content[0] is"),
                given(
                        "id of an earlier call",
                        "{" + call("a") + turn("user", result("a")) + ","
                                + turn("assistant", "{'type':'tool_use','id':'a','name':'get','input':{}}") + ","
                                + turn("user", result("a")) + "]}",
                        "WARNING messages[3].content[0].id is 'a', as that of an earlier call is"),
                given(
                        "text ahead of the result",
                        "{" + call("a") + turn("user", text("Here:") + "," + result("a")) + "]}",
                        "REFUSED messages[2].content[1] is a tool_result behind text"),
                given(
                        "turn of text ahead of the result",
                        "{" + call("a") + user + "," + turn("user", result("a")) + "]}",
                        "WARNING messages[3].content[0] is a tool_result behind text"),
                given(
                        "result without an id",
                        "{" + call("a") + turn("user", result("a") + ",{'type':'tool_result'}") + "]}",
                        "REFUSED messages[2].content[1].tool_use_id is empty"),
                given(
                        "result of the assistant",
                        conversation(user, turn("assistant", result("a")), user),
                        "REFUSED messages[1].content[0].type is 'tool_result' in an assistant turn"),
                given(
                        "call of the user",
                        conversation(turn("user", "{'type':'tool_use','id':'a','name':'get','input':{}}")),
                        "REFUSED messages[0].content[0].type is 'tool_use' in a user turn"),
                given(
                        "call that is none",
                        conversation(
                                user,
                                turn("assistant", "{'type':'tool_use','id':'a','name':'','input':[]}"),
                                turn("user", result("a"))),
                        "REFUSED messages[1].content[0].name is empty",
                        "REFUSED messages[1].content[0].input is no object"),
                given(
                        "call given up in favour of another model",
                        "{" + call("a") + turn("assistant", "{'type':'fallback','from':{},'to':{}}") + "," + user
                                + "]}",
                        "WARNING messages[1].content[0].id is 'a', and the next turn has no result for it"));
    }

    private static List<Case> prefill() {
        String begun = "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':'Ho'}]";
        String problem = " messages[1] is an answer begun for the model, and '";
        return List.of(
                simulated("prefill", "{" + begun + "}", "REFUSED" + problem + "claude-sonnet-5-5' takes none"),
                simulated(
                        "prefill on 4.6",
                        "{'model':'claude-opus-4-6'," + begun + "}",
                        "REFUSED" + problem + "claude-opus-4-6' takes none"),
                simulated(
                        "prefill on a preview",
                        "{'model':'claude-mythos-preview'," + begun + "}",
                        "REFUSED" + problem + "claude-mythos-preview' takes none"),
                given(
                        "prefill on a model to come",
                        "{'model':'claude-opus-7'," + begun + "}",
                        "WARNING" + problem + "claude-opus-7' takes none, as it seems"),
                given(
                        "prefill that ends in a space",
                        "{'model':'claude-haiku-4-5','messages':[{'role':'user','content':'Hi'},"
                                + "{'role':'assistant','content':'Ho '}]}",
                        "WARNING messages[1].content[0].text ends in white space"));
    }
}
