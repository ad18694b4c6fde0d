using Spectre.Console;

namespace Orrery.Cli.Output;

/// <summary>A phase or status with its colour and sign.</summary>
internal static class Statuses
{
    public static Cell Render(string status)
    {
        var (sign, colour) = Look(status);
        return new(status, new Style(colour), sign);
    }

    /// <summary>As markup.</summary>
    public static string Text(string status)
    {
        var (sign, colour) = Look(status);
        return $"[{colour.ToMarkup()}]{sign} {status.EscapeMarkup()}[/]";
    }

    private static (string Sign, Color Colour) Look(string status) => status switch
    {
        "done" or "completed" or "Succeeded" => ("✓", Color.Green),
        "running" or "awaiting_report" or "Running" => ("●", Color.DeepSkyBlue1),
        "dispatched" or "dispatching" or "Updating" => ("◐", Color.DeepSkyBlue1),
        "failed" or "timed_out" or "Failed" or "NotReady" => ("✗", Color.Red),
        "canceled" or "cancelled" or "dropped" or "skipped" or "Stopped" => ("–", Color.Grey),
        _ => ("○", Color.Grey),
    };
}
