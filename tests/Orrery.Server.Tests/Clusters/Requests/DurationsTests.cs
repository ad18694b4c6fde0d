using FsCheck;
using FsCheck.Fluent;
using Orrery.Server.Clusters.Requests;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters.Requests;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.999, "0s")]
    [InlineData(-5, "0s")]
    [InlineData(59, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3600, "1h")]
    [InlineData(3615, "1h15s")]
    [InlineData(3723, "1h2m3s")]
    [InlineData(90_000, "25h")]
    public void Zero_parts_are_left_out(double seconds, string text) => Durations.Runtime(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void The_parts_add_up() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seconds =>
    {
        var (sum, digits) = (0, 0);
        foreach (var letter in Durations.Runtime(TimeSpan.FromSeconds(seconds)))
        {
            if (char.IsAsciiDigit(letter))
                digits = (digits * 10) + (letter - '0');
            else
                (sum, digits) = (sum + (digits * (letter switch { 'h' => 3600, 'm' => 60, _ => 1 })), 0);
        }
        sum.ShouldBe(seconds);
    }).QuickCheckThrowOnFailure();
}
