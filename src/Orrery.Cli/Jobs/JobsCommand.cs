using System.CommandLine;

namespace Orrery.Cli.Jobs;

internal static class JobsCommand
{
    public static Command Create(Terminal terminal) => new("jobs", "Preview, run and follow orbital workloads")
    {
        PreviewCommand.Create(terminal),
        SubmitCommand.Create(terminal),
        ListCommand.Create(terminal),
        GetCommand.Create(terminal),
        StagesCommand.Create(terminal),
        EventsCommand.Create(terminal),
        ArtifactsCommand.Create(terminal),
        BringCommand.Create(terminal),
        CancelCommand.Create(terminal),
        WatchCommand.Create(terminal),
    };

    public static Argument<string> Id() => new("id") { Description = "The workload, like wl_9a0b…" };
}
