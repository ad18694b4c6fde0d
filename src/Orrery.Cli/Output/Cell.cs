using Spectre.Console;

namespace Orrery.Cli.Output;

/// <summary>What stands in one place of a listing; a line break in it becomes a space.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Style">Its colour; null for none.</param>
/// <param name="Mark">A sign before it, for people only: a program that reads columns gets none.</param>
internal readonly record struct Cell(string Text, Style? Style = null, string Mark = "")
{
    public static implicit operator Cell(string text) => new(text);

    public static Cell Number(long number) => new($"{number}");

    /// <summary>A dash for what is not there.</summary>
    public static Cell Or(string? text) => new(string.IsNullOrEmpty(text) ? "–" : text);
}
