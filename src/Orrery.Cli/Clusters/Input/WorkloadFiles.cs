using System.Text.Json;
using System.Text.Json.Nodes;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters.Input;

/// <summary>Objects from a file: JSON or YAML, one, a list, or several YAML documents.</summary>
internal static class WorkloadFiles
{
    private static readonly JsonDocumentOptions NoRepeats = new() { AllowDuplicateProperties = false };

    /// <param name="context">Its standard input is read for <c>-</c>.</param>
    /// <param name="file">A path, or <c>-</c>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CommandException">There is no such file, or it holds something else.</exception>
    public static async Task<List<JsonObject>> Read(CommandContext context, string file, CancellationToken cancellation)
    {
        var text = await Text(context, file, cancellation);
        var objects = Documents(text, file)
            .SelectMany(document => document is JsonArray list ? list.ToList() : [document])
            .Where(item => item is not null)
            .Select(item => item as JsonObject ?? throw new CommandException(ExitCodes.BadInput, $"{file}: expected an object, found {item!.GetValueKind()}."))
            .ToList();
        return objects.Count > 0 ? objects : throw new CommandException(ExitCodes.BadInput, $"{file} holds nothing.");
    }

    private static List<JsonNode?> Documents(string text, string file)
    {
        var extension = Path.GetExtension(file).ToLowerInvariant();
        if (extension is ".yaml" or ".yml" || (extension is not ".json" && text.TrimStart() is not ['{' or '[', ..]))
            return YamlReader.Read(text, file);
        try
        {
            return [JsonNode.Parse(text, documentOptions: NoRepeats)];
        }
        catch (JsonException e)
        {
            throw new CommandException(
                ExitCodes.BadInput, $"{file} is no JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber:")[0]}");
        }
    }

    private static async Task<string> Text(CommandContext context, string file, CancellationToken cancellation)
    {
        try
        {
            return file == "-" ? await context.Terminal.Input.ReadToEndAsync(cancellation) : await File.ReadAllTextAsync(file, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"--file: {e.Message}");
        }
    }
}
