using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Jobs;

/// <summary>The request of <c>preview</c> and <c>submit</c>: sent as it is written, so that the server's checks name its fields; only the files it names are put into it.</summary>
internal static class WorkloadBody
{
    public static Option<string> FileOption() => new("--file", "-f")
    {
        Description = "The workload as JSON; - reads standard input",
        HelpName = "FILE",
        Required = true,
    };

    /// <exception cref="CommandException">There is no such file, or it is no JSON object.</exception>
    public static async Task<JsonElement> Read(CommandContext context, string file, CancellationToken cancellation)
    {
        var text = await Text(context, file, cancellation);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new CommandException(ExitCodes.BadInput, $"{file}: expected one JSON object, found {document.RootElement.ValueKind}.");
            var workload = JsonObject.Create(document.RootElement.Clone())!;
            if (!LocalFiles.AreIn(workload))
                return document.RootElement.Clone();
            await LocalFiles.Send(context, workload, file == "-" ? "." : Path.GetDirectoryName(Path.GetFullPath(file))!, cancellation);
            return JsonSerializer.SerializeToElement(workload, WorkloadJson.Default.JsonObject);
        }
        catch (JsonException e)
        {
            throw new CommandException(
                ExitCodes.BadInput, $"{file} is no JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: {Reason(e)}");
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

    private static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0];
}

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class WorkloadJson : JsonSerializerContext;
