using Orrery.Cli.Output;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ListingTests
{
    [Fact]
    public void In_a_pipe_every_text_is_whole_on_one_line_without_spaces_at_its_end()
    {
        var text = Render(isInteractive: false, width: 20);
        text.ShouldBe($"ID      KIND        PODS  MESSAGE\na       Deployment     1  {new string('m', 300)}\nlonger  Job           12  two lines\n");
    }

    [Theory]
    [InlineData(60, "ID      KIND        PODS  MESSAGE")]
    [InlineData(36, "ID      PODS  MESSAGE")]
    [InlineData(30, "ID      PODS  MESSAGE")]
    public void On_a_terminal_no_line_is_longer_than_it_is_wide(int width, string header)
    {
        var lines = Render(isInteractive: true, width).TrimEnd('\n').Split('\n');
        lines[0].ShouldBe(header);
        lines.ShouldAllBe(line => line.Length <= width);
        lines[1].ShouldEndWith("m…");
        lines.Length.ShouldBe(3);
    }

    [Fact]
    public void Wide_letters_take_two_places()
    {
        var table = Tables.Create(null, "Name", "Next");
        table.Row("日本", "x");
        table.Row("abcd", "y");
        Write(table, isInteractive: false, 80).ShouldBe("NAME  NEXT\n日本  x\nabcd  y\n");
    }

    private static string Render(bool isInteractive, int width)
    {
        var table = Tables.Create(null, "Id", "?Kind", ">Pods", "~Message");
        table.Row("a", "Deployment", "1", new string('m', 300));
        table.Row("longer", "Job", "12", "two\nlines");
        return Write(table, isInteractive, width);
    }

    private static string Write(Listing table, bool isInteractive, int width)
    {
        using var output = new StringWriter();
        var console = Terminal.CreateConsole(output, isInteractive, name => name == "NO_COLOR" ? "1" : null);
        console.Profile.Width = width;
        console.Profile.Capabilities.Interactive = isInteractive;
        console.Profile.Capabilities.Ansi = false;
        console.Write(table);
        return output.ToString();
    }
}
