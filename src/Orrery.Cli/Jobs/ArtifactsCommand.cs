using System.CommandLine;
using System.Security.Cryptography;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Workloads;
using Spectre.Console;

namespace Orrery.Cli.Jobs;

internal static class ArtifactsCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = JobsCommand.Id();
        var output = new Option<string?>("--output", "-o") { Description = "Download them into this folder", HelpName = "DIR" };
        var command = new Command("artifacts", "What a workload produced") { id, output };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var manifest = await context.Client.Workloads.Artifacts(context.Options.GetRequiredValue(id), cancellation);
            context.Show(c => Render(c.Terminal.Console, manifest));
            if (context.Options.GetValue(output) is { } folder)
                await Download(context, manifest, folder, cancellation);
        });
        return command;
    }

    private static void Render(IAnsiConsole console, ArtifactManifest manifest)
    {
        var table = Tables.Create(null, "Name", ">Stage", "?Type", ">Size", "?Where", "~SHA-256");
        foreach (var artifact in manifest.Artifacts)
        {
            table.Row(
                artifact.Name, $"{artifact.Stage}", artifact.ContentType, Format.Bytes(artifact.SizeBytes),
                artifact.ContentId ?? artifact.Uri ?? "–", artifact.Sha256);
        }
        console.Write(table);
    }

    /// <summary>Only what the server keeps; names of other places are never followed.</summary>
    private static async Task Download(CommandContext context, ArtifactManifest manifest, string folder, CancellationToken cancellation)
    {
        foreach (var artifact in manifest.Artifacts.Where(a => a.ContentId is not null))
        {
            var stage = Directory.CreateDirectory(Path.Combine(folder, $"stage-{artifact.Stage}")).FullName;
            var path = Path.Combine(stage, Path.GetFileName(artifact.Name));
            await Download(context, artifact, path, cancellation);
            await context.Terminal.Error.WriteLineAsync(path);
        }
    }

    /// <summary>Under its name only when it is whole.</summary>
    private static async Task Download(CommandContext context, ArtifactView artifact, string path, CancellationToken cancellation)
    {
        var part = $"{path}.part";
        try
        {
            string sha256;
            await using (var file = File.Create(part))
            {
                await context.Client.Workloads.Download(artifact.ContentId!, file, cancellation);
                file.Position = 0;
                sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
            }
            if (!string.Equals(sha256, artifact.Sha256, StringComparison.OrdinalIgnoreCase))
                throw new CommandException(ExitCodes.WorkloadFailed, $"{artifact.Name} arrived with another content than the server's manifest says (SHA-256 {sha256}); it was not kept.");
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
