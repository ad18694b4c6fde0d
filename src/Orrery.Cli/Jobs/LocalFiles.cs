using System.Text.Json.Nodes;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Jobs;

/// <summary>
/// Members that only this program knows, for a workload and its files to lie side by side: <c>program.command_file</c> (a
/// script, which becomes <c>entry_point</c>), <c>program.inputs[].file</c> (brought to the server, which names it by
/// <c>contentId</c>) and <c>placement.elements_file</c> (imported as satellites of the caller's own).
/// </summary>
internal static class LocalFiles
{
    private const string CommandFile = "command_file";
    private const string EntryPoint = "entry_point";
    private const string ElementsFile = "elements_file";
    private const string InputFile = "file";
    private const string Content = "contentId";

    public static bool AreIn(JsonObject workload) =>
        (workload["program"] is JsonObject program && (program.ContainsKey(CommandFile) || Inputs(program).Any(input => input.ContainsKey(InputFile))))
        || (workload["placement"] is JsonObject placement && placement.ContainsKey(ElementsFile));

    /// <param name="workload">Changed in place.</param>
    /// <param name="folder">What the names of files are relative to.</param>
    /// <exception cref="CommandException">A file cannot be read, or is given beside what it becomes.</exception>
    public static async Task Send(CommandContext context, JsonObject workload, string folder, CancellationToken cancellation)
    {
        if (workload["program"] is JsonObject program)
        {
            Encode(program, folder);
            foreach (var input in Inputs(program))
                await Bring(context, input, folder, cancellation);
        }
        if (workload["placement"] is JsonObject placement && placement.ContainsKey(ElementsFile))
        {
            await context.Client.Fleet.Import(Text(Named(placement, ElementsFile, folder)), cancellation);
            placement.Remove(ElementsFile);
        }
    }

    private static void Encode(JsonObject program, string folder)
    {
        if (!program.ContainsKey(CommandFile))
            return;
        if (program.ContainsKey(EntryPoint))
            throw new CommandException(ExitCodes.BadInput, $"program: {CommandFile} and {EntryPoint}: a program has one source.");
        program[EntryPoint] = ShellText.Encoded(ScriptFile.Command(Named(program, CommandFile, folder)));
        program.Remove(CommandFile);
    }

    private static async Task Bring(CommandContext context, JsonObject input, string folder, CancellationToken cancellation)
    {
        if (!input.ContainsKey(InputFile))
            return;
        if (input.ContainsKey(Content))
            throw new CommandException(ExitCodes.BadInput, $"program.inputs: {InputFile} and {Content}: an input has one content.");
        var path = Named(input, InputFile, folder);
        if (!File.Exists(path))
            throw new CommandException(ExitCodes.BadInput, $"program.inputs: there is no file {path}.");
        var kept = await context.Client.Workloads.Bring(new FileInfo(path), cancellation);
        input[Content] = kept.ContentId;
        input.Remove(InputFile);
    }

    private static IEnumerable<JsonObject> Inputs(JsonObject program) => (program["inputs"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Named(JsonObject within, string member, string folder) =>
        within[member] is JsonValue value && value.TryGetValue<string>(out var name) && name.Length > 0
            ? Path.Combine(folder, name)
            : throw new CommandException(ExitCodes.BadInput, $"{member}: expected the name of a file.");

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{ElementsFile}: {e.Message}");
        }
    }
}
