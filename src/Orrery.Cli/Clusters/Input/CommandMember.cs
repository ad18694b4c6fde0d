using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orrery.Cli.Clusters.Input;

/// <summary>
/// Members that only this program knows: <c>command</c> (shell text, or a list of words) and <c>commandFile</c> (a
/// script beside the file). Both become <c>entryPoint</c>.
/// </summary>
internal static class CommandMember
{
    private const string Text = "command";
    private const string FileName = "commandFile";
    private const string EntryPoint = "entryPoint";

    /// <param name="workload">Changed in place.</param>
    /// <param name="folder">What the name of a script is relative to.</param>
    /// <exception cref="CommandException">More than one command, or one that is none.</exception>
    public static void Encode(JsonObject workload, string folder)
    {
        var given = new[] { Text, FileName, EntryPoint }.Where(workload.ContainsKey).ToList();
        if (given.Count > 1)
            throw new CommandException(ExitCodes.BadInput, $"{string.Join(" and ", given)}: a workload has one command.");
        if (workload.ContainsKey(Text))
            workload[EntryPoint] = ShellText.Encoded(Source(workload[Text]));
        else if (workload.ContainsKey(FileName))
            workload[EntryPoint] = ShellText.Encoded(ScriptFile.Command(Path.Combine(folder, Word(workload[FileName], FileName))));
        workload.Remove(Text);
        workload.Remove(FileName);
    }

    /// <summary>Takes the place of whatever command there was.</summary>
    public static void Replace(JsonObject workload, string source)
    {
        workload.Remove(Text);
        workload.Remove(FileName);
        workload[EntryPoint] = ShellText.Encoded(source);
    }

    private static string Source(JsonNode? command) =>
        command is JsonArray words ? ShellText.Quoted(words.Select(w => Word(w, Text))) : Word(command, Text);

    private static string Word(JsonNode? node, string member) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => node.ToJsonString(),
        _ => throw new CommandException(ExitCodes.BadInput, $"{member}: expected text{(member == Text ? " or a list of words" : "")}."),
    };
}
