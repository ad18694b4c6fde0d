using Orrery.Server.Artifacts;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Artifacts;

public sealed class ContentIdTests
{
    private const string Digits = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    [Fact]
    public void An_id_is_read_as_it_is_written()
    {
        ContentId.TryRead(ContentId.Of(Digits), out var sha256).ShouldBeTrue();
        sha256.ShouldBe(Digits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Digits)]
    [InlineData("sha256-")]
    [InlineData("sha256-2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    [InlineData("sha256-../../../../../../../../../../../../../../../../../../etc/passwd")]
    [InlineData("sha512-" + Digits)]
    [InlineData("sha256-" + Digits + "0")]
    public void Nothing_else_is_an_id(string? id) => ContentId.TryRead(id, out _).ShouldBeFalse();

    [Theory]
    [InlineData("model.pt", true)]
    [InlineData("A-b_c.0", true)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("...", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("a\n", false)]
    public void Names_are_plain(string name, bool isSound) => ArtifactName.IsSound(name).ShouldBe(isSound);

    [Fact]
    public void Names_have_an_end()
    {
        ArtifactName.IsSound(new string('a', 128)).ShouldBeTrue();
        ArtifactName.IsSound(new string('a', 129)).ShouldBeFalse();
    }
}
