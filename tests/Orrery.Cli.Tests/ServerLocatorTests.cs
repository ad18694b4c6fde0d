using Orrery.Cli.Connection;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ServerLocatorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orrery-cli-");
    private readonly CommandLine line = new(new FakeServer());

    public ServerLocatorTests()
    {
        line.Environment.Clear();
        line.Environment["ORRERY_DATA"] = folder.FullName;
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Options_come_before_variables_and_these_before_the_data_folder()
    {
        Write("server.url", "http://127.0.0.1:9000");
        Write("admin.key", "rs_live_folder");
        Find().ShouldBe(("http://127.0.0.1:9000/", "rs_live_folder"));
        Set("ROTASTELLAR_BASE_URL", "http://127.0.0.1:9001/v1");
        Set("ROTASTELLAR_API_KEY", "rs_3");
        Find().ShouldBe(("http://127.0.0.1:9001/v1", "rs_3"));
        Set("RS_API_KEY", "rs_2");
        Set("ORRERY_API_URL", "http://127.0.0.1:9002");
        Find().ShouldBe(("http://127.0.0.1:9002/", "rs_2"));
        Set("ORRERY_API_KEY", "rs_1");
        Find().Key.ShouldBe("rs_1");
        Find("http://127.0.0.1:9003", "rs_0").ShouldBe(("http://127.0.0.1:9003/", "rs_0"));
    }

    [Fact]
    public void An_empty_variable_is_none()
    {
        Set("ORRERY_API_URL", "");
        Set("ORRERY_API_KEY", "");
        Find().ShouldBe(("http://127.0.0.1:7070/", null));
    }

    [Fact]
    public void This_machines_admin_key_is_never_sent_to_another_machine()
    {
        Write("admin.key", "rs_live_folder");
        Find("https://orrery.example").Key.ShouldBeNull();
        Find("http://localhost:7070").Key.ShouldBe("rs_live_folder");
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080;https://[::]:8081", "http://127.0.0.1:8080/")]
    [InlineData("\nhttp://10.0.0.1:80\n", "http://10.0.0.1/")]
    public void A_listening_address_becomes_one_to_call(string written, string called)
    {
        Write("server.url", written);
        Find().Address.ShouldBe(called);
    }

    [Fact]
    public async Task The_key_goes_out_as_bearer()
    {
        var server = new FakeServer();
        await new CommandLine(server).Run("jobs", "list", "--api-key", "rs_test_1", "--api-url", "http://orrery.test/v1");
        server.Calls[0].Authorization.ShouldBe("Bearer rs_test_1");
        server.Calls[0].Line.ShouldStartWith("GET /v1/workloads?");
    }

    private (string Address, string? Key) Find(string? url = null, string? key = null)
    {
        var found = ServerLocator.Find(line.Terminal, url, key);
        return (found.Address.AbsoluteUri, found.Key);
    }

    private void Set(string name, string value) => line.Environment[name] = value;

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder.FullName, file), text);
}
