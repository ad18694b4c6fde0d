using System.Text.Json;
using Orrery.Cli.Output;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(45.23, "45.2 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(59.96, "1 min 00 s")]
    [InlineData(725, "12 min 05 s")]
    [InlineData(3599.6, "1 h 00 min")]
    [InlineData(11_220, "3 h 07 min")]
    [InlineData(187_200, "2 d 4 h")]
    [InlineData(-1, "0.0 s")]
    public void Durations_read_well(double seconds, string text) => Format.Duration(seconds).ShouldBe(text);

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(1_500, "1.5 kB")]
    [InlineData(2_500_000, "2.5 MB")]
    [InlineData(3_210_000_000, "3.21 GB")]
    public void Sizes_read_well(long bytes, string text) => Format.Bytes(bytes).ShouldBe(text);

    [Fact]
    public void A_payload_shows_its_plain_members() =>
        PayloadText.Of(JsonDocument.Parse("""{"a":1.23456,"b":"x","c":{"d":1},"e":true,"f":null}""").RootElement).ShouldBe("a=1.235  b=x  e=True");

    [Fact]
    public void Markup_in_a_name_is_text()
    {
        var output = new StringWriter();
        var table = Tables.Create("[red]title", "[b]");
        table.Row("[bold]CSS[/]");
        Terminal.CreateConsole(output, isInteractive: false, _ => null).Write(table);
        output.ToString().ShouldContain("[bold]CSS[/]");
        output.ToString().ShouldContain("[red]title");
    }

    [Fact]
    public void No_color_is_respected()
    {
        var console = Terminal.CreateConsole(new StringWriter(), isInteractive: true, name => name == "NO_COLOR" ? "1" : null);
        console.Profile.Capabilities.ColorSystem.ShouldBe(Spectre.Console.ColorSystem.NoColors);
    }
}
