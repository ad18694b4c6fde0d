using System.CommandLine;
using Orrery.Cli.Hosting;
using Orrery.Server.Hosting;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ServerOptionsTests
{
    private readonly CommandLine line = new(new FakeServer());

    public ServerOptionsTests() => line.Environment.Clear();

    [Fact]
    public void Nothing_said_is_sqlite_in_data_on_loopback()
    {
        var settings = Read();
        settings.DataFolder.ShouldBe("./data");
        settings.Urls.ShouldBe("http://127.0.0.1:7070");
        settings.Database.ShouldBeNull();
        settings.Configuration.ShouldBeEmpty();
    }

    [Fact]
    public void Variables_are_read()
    {
        line.Environment["ORRERY_DATA"] = "/var/lib/orrery";
        line.Environment["ORRERY_URLS"] = "http://127.0.0.1:1";
        line.Environment["ORRERY_DATABASE"] = "postgres://a:b@host/db";
        var settings = Read();
        settings.DataFolder.ShouldBe("/var/lib/orrery");
        settings.Urls.ShouldBe("http://127.0.0.1:1");
        settings.Database.ShouldBe("postgres://a:b@host/db");
    }

    [Fact]
    public void Options_come_before_variables()
    {
        line.Environment["ORRERY_DATA"] = "/var/lib/orrery";
        line.Environment["ORRERY_URLS"] = "http://127.0.0.1:1";
        var settings = Read("--data", "here", "--urls", "http://127.0.0.1:0", "--set", "Planning:HorizonH=6", "--set", "A:B=c=d");
        settings.DataFolder.ShouldBe("here");
        settings.Urls.ShouldBe("http://127.0.0.1:0");
        settings.Configuration.ShouldBe(["Planning:HorizonH=6", "A:B=c=d"]);
    }

    private ServerSettings Read(params string[] arguments)
    {
        var options = new ServerOptions();
        var command = new Command("up");
        options.AddTo(command);
        return options.Read(command.Parse(arguments), line.Terminal);
    }
}
