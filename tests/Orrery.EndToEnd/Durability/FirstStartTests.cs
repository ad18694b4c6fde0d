namespace Orrery.EndToEnd.Durability;

/// <summary>A first start that does not come to its end leaves nothing that keeps the next from being the first.</summary>
public sealed class FirstStartTests
{
    [Fact]
    public async Task A_start_that_could_not_write_the_first_key_is_made_good_by_the_next()
    {
        await using var server = new TestServer();
        var taken = Directory.CreateDirectory(Path.Combine(server.Data, "admin.key"));
        await Should.ThrowAsync<InvalidOperationException>(server.Start);

        taken.Delete();
        await server.Start();

        (await server.Admin.Get("/api/keys")).MustBe(200).Text.ShouldContain("first admin key");
        (await server.Admin.Get("/api/users")).MustBe(200);
    }
}
