using Spectre.Console;

namespace Orrery.Cli.Output;

/// <summary>A phase or status with its colour and sign.</summary>
internal static class Statuses
{
    public static Markup Render(string status) => new(Text(status));

    public static string Text(string status)
    {
        var (sign, colour) = status switch
        {
            "done" or "completed" or "Succeeded" => ("✓", "green"),
            "running" or "awaiting_report" or "Running" => ("●", "deepskyblue1"),
            "dispatched" or "dispatching" or "Updating" => ("◐", "deepskyblue1"),
            "failed" or "timed_out" or "Failed" or "NotReady" => ("✗", "red"),
            "canceled" or "cancelled" or "dropped" or "skipped" or "Stopped" => ("–", "grey"),
            _ => ("○", "grey"),
        };
        return $"[{colour}]{sign} {status.EscapeMarkup()}[/]";
    }
}
