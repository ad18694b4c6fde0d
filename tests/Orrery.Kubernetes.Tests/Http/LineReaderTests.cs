using System.Text;
using Orrery.Kubernetes.Http;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Http;

/// <summary>Streams become lines, of a bounded length.</summary>
public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("\n", "")]
    public async Task Lines_end_where_they_end(string text, string lines) => (await Read(text, 10, cuts: false)).ShouldBe(text.Length == 0 ? [] : lines.Split('|'));

    [Theory]
    [InlineData("0123456789abc\nx\n", "01234|x")]
    [InlineData("01234\nx", "01234|x")]
    [InlineData("012345", "01234")]
    [InlineData("012345678901234567890123456789", "01234")]
    public async Task Long_lines_are_cut(string text, string lines) => (await Read(text, 5, cuts: true)).ShouldBe(lines.Split('|'));

    [Fact]
    public async Task Long_lines_are_an_error_where_they_must_be_whole()
    {
        (await Read("01234\n", 5, cuts: false)).ShouldBe(["01234"]);
        await Should.ThrowAsync<KubernetesProtocolException>(() => Read("012345\n", 5, cuts: false));
        await Should.ThrowAsync<KubernetesProtocolException>(() => Read(new string('x', 100_000), 5, cuts: false));
    }

    private static async Task<List<string>> Read(string text, int longest, bool cuts)
    {
        var lines = new List<string>();
        await foreach (var line in LineReader.Read(new Trickle(Encoding.UTF8.GetBytes(text)), longest, cuts, CancellationToken.None))
            lines.Add(Encoding.UTF8.GetString(line));
        return lines;
    }

    /// <summary>Three bytes at a time.</summary>
    private sealed class Trickle(byte[] data) : MemoryStream(data)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(3, buffer.Length)], cancellationToken);
    }
}
