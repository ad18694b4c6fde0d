using System.Security.Cryptography;
using Orrery.Server.Hosting;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Hosting;

public sealed class SecretBoxTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData("")]
    [InlineData("{\"TOKEN\":\"hunter2\"}")]
    [InlineData("ünïcödé ☃")]
    public void What_was_wrapped_comes_out_again(string secret)
    {
        var box = new SecretBox(Key);
        box.Unwrap(box.Wrap(secret, "w-1"), "w-1").ShouldBe(secret);
    }

    [Fact]
    public void The_same_secret_never_looks_the_same_twice()
    {
        var box = new SecretBox(Key);
        box.Wrap("hunter2", "w-1").ShouldNotBe(box.Wrap("hunter2", "w-1"));
        box.Wrap("hunter2", "w-1").ShouldNotContain("hunter2");
    }

    [Fact]
    public void Another_row_another_key_or_a_changed_byte_opens_nothing()
    {
        var box = new SecretBox(Key);
        var other = new SecretBox([.. Key.Reverse()]);
        var wrapped = box.Wrap("hunter2", "w-1");
        Should.Throw<CryptographicException>(() => box.Unwrap(wrapped, "w-2"));
        Should.Throw<CryptographicException>(() => other.Unwrap(wrapped, "w-1"));
        var flipped = wrapped[..^3] + (wrapped[^3] == 'A' ? 'B' : 'A') + wrapped[^2..];
        Should.Throw<CryptographicException>(() => box.Unwrap(flipped, "w-1"));
        Should.Throw<CryptographicException>(() => box.Unwrap("v9.AAAA", "w-1"));
    }

    [Fact]
    public void Many_threads_at_once_spoil_nothing()
    {
        var box = new SecretBox(Key);
        Parallel.For(0, 20_000, i => box.Unwrap(box.Wrap($"secret {i}", $"w-{i}"), $"w-{i}").ShouldBe($"secret {i}"));
    }
}
