using Aegis.AppHost;
using Aspire.Hosting;

namespace Aegis.Tests.EndToEnd;

public sealed class UpOptionsTests
{
    [Theory]
    [InlineData("--count", "0")]
    [InlineData("--count", "many")]
    [InlineData("--rate", "-3")]
    [InlineData("--rate", "fast")]
    [InlineData("--speed", "0")]
    [InlineData("--port-base", "80")]
    [InlineData("--nonsense", "1")]
    [InlineData("--replay", "file.csv")]
    [InlineData("--speed", "2")]
    [InlineData("--data", "")]
    [InlineData("--redis", "")]
    [InlineData("--redis", "memory")]
    public void Parse_OfWrongValue_IsRefused(string name, string value) => Assert.Null(UpOptions.Parse([name, value], out _));

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void Parse_OfAKeyFile_TakesAKeyThatIsLongEnough(int length, bool isTaken)
    {
        var folder = Repository.TemporaryFolder();
        var path = Path.Combine(folder, "api.key");
        File.WriteAllText(path, new string('k', length) + "\n");
        Assert.Equal(isTaken ? new string('k', length) : null, UpOptions.Parse(["--api-key-file", path], out _)?.ApiKey);
        Directory.Delete(folder, recursive: true);
        Assert.Null(UpOptions.Parse(["--api-key-file", path], out _));
    }

    [Fact]
    public void Parse_OfNothing_TakesTheUsualPorts()
    {
        var up = UpOptions.Parse([], out _)!;
        Assert.Equal((5080, 5081, 6390, "http://localhost:18888"), (up.DashboardPort, up.ScoringPort, up.RedisPort, up.AspireDashboardUrl));
    }

    [Fact]
    public void Parse_OfPortBase_MovesAllPorts()
    {
        var up = UpOptions.Parse(["--port-base", "7000", "--rate", "max"], out _)!;
        Assert.Equal((7000, 7001, 7002, "http://localhost:7003"), (up.DashboardPort, up.ScoringPort, up.RedisPort, up.AspireDashboardUrl));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("container")]
    [InlineData("db.example.com:6379,password=x,ssl=true")]
    public void Parse_OfARedisShape_TakesIt(string shape) => Assert.Equal(shape, UpOptions.Parse(["--redis", shape], out _)!.Redis);

    [Fact]
    public void Refuse_OfATakenPort_NamesWhoHoldsIt()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        Assert.SkipWhen(port is < 1_024 or > 65_000, "no port base around the taken port");
        var up = UpOptions.Parse(["--port-base", $"{port}"], out _)!;
        var error = Assert.Throws<DistributedApplicationException>(() => TakenPorts.Refuse(up));
        Assert.Contains($"Port {port} for 'dashboard' is taken by", error.Message, StringComparison.Ordinal);
        Assert.Contains($"(process {Environment.ProcessId})", error.Message, StringComparison.Ordinal);
    }
}
