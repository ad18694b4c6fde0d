using FsCheck;
using FsCheck.Fluent;
using Orrery.Server.Clusters.Requests;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters.Requests;

public sealed class QuantityTests
{
    private const int MostMillis = 1_000_000_000;

    [Theory]
    [InlineData("500m", 500)]
    [InlineData("1.5", 1500)]
    [InlineData("1e3", 1_000_000)]
    [InlineData("1E3", 1_000_000)]
    [InlineData("1e-3", 1)]
    [InlineData("4", 4000)]
    [InlineData("+4", 4000)]
    [InlineData(".5", 500)]
    [InlineData("1.", 1000)]
    [InlineData("1.0001", 1001)]
    [InlineData("2k", 2_000_000)]
    [InlineData("1Ki", 1_024_000)]
    [InlineData("1500u", 2)]
    [InlineData("0.5m", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("", null)]
    [InlineData("abc", null)]
    [InlineData("m", null)]
    [InlineData(".", null)]
    [InlineData("-", null)]
    [InlineData(" 1", null)]
    [InlineData("1 ", null)]
    [InlineData("1,5", null)]
    [InlineData("1_000", null)]
    [InlineData("0x10", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("1e400", null)]
    [InlineData("1e3m", null)]
    [InlineData("1mm", null)]
    [InlineData("٤", null)]
    [InlineData("000000000000000000000000000000001", null)]
    public void Cores_are_read_in_thousandths(string text, int? millis) => Quantity.TryCpu(text).ShouldBe(millis);

    [Theory]
    [InlineData("128Gi", 137_438_953_472L)]
    [InlineData("0.5Gi", 536_870_912L)]
    [InlineData("1G", 1_000_000_000L)]
    [InlineData("1e9", 1_000_000_000L)]
    [InlineData("1Ki", 1024L)]
    [InlineData("1k", 1000L)]
    [InlineData("1", 1L)]
    [InlineData("1500m", 2L)]
    [InlineData("1Ei", 1_152_921_504_606_846_976L)]
    [InlineData("4E", 4_000_000_000_000_000_000L)]
    [InlineData("9999999Ei", null)]
    [InlineData("9E", null)]
    [InlineData("1K", null)]
    [InlineData("1GB", null)]
    [InlineData("1gi", null)]
    [InlineData("Gi", null)]
    [InlineData("-1Gi", null)]
    [InlineData("0Gi", null)]
    public void Sizes_are_read_in_bytes(string text, long? bytes) => Quantity.TryBytes(text).ShouldBe(bytes);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("8", 8)]
    [InlineData("8.0", 8)]
    [InlineData("1k", 1000)]
    [InlineData("0.5", null)]
    [InlineData("-1", null)]
    [InlineData("100001", null)]
    [InlineData("all", null)]
    public void Cards_are_whole(string text, int? cards) => Quantity.TryCards(text).ShouldBe(cards);

    [Fact]
    public void What_is_not_a_quantity_is_told_by_its_text()
    {
        Should.Throw<FormatException>(() => Quantity.Cpu("many")).Message.ShouldContain("many");
        Should.Throw<FormatException>(() => Quantity.Memory("lots")).Message.ShouldContain("lots");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1023, "1023")]
    [InlineData(1024, "1Ki")]
    [InlineData(1536, "1536")]
    [InlineData(1 << 30, "1Gi")]
    [InlineData(3L << 29, "1536Mi")]
    [InlineData(1L << 60, "1Ei")]
    public void Sizes_are_written_in_the_largest_unit_that_divides_them(long bytes, string text) => Quantity.FormatMemory(bytes).ShouldBe(text);

    [Fact]
    public void What_is_written_reads_the_same()
    {
        Prop.ForAll(Gen.Choose(1, MostMillis).ToArbitrary(), millis => Quantity.TryCpu(Quantity.FormatCpu(millis)) == millis).QuickCheckThrowOnFailure();
        var sizes = Gen.Zip(Gen.Choose(1, int.MaxValue), Gen.Choose(0, 30)).Select(parts => (long)parts.Item1 << parts.Item2);
        Prop.ForAll(sizes.ToArbitrary(), bytes => Quantity.TryBytes(Quantity.FormatMemory(bytes)) == bytes).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_whatever_breaks_it() => Prop.ForAll<string>(text =>
    {
        _ = Quantity.TryParse(text ?? "", out _);
        _ = Quantity.TryCpu(text ?? "");
        _ = Quantity.TryBytes(text ?? "");
        _ = Quantity.TryCards(text ?? "");
    }).QuickCheckThrowOnFailure();
}
