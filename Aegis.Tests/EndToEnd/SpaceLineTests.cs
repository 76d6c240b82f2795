using Aegis.AppHost;
using Aegis.AppHost.Supervision;
using Microsoft.Extensions.Configuration;

namespace Aegis.Tests.EndToEnd;

public sealed class SpaceLineTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();
    private readonly ScriptedVolumes _volumes = new();
    private readonly StringWriter _console = new();

    public void Dispose()
    {
        _console.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(300, null, "  No payment over HTTP is accepted: the volume / has 300 MiB free, and the reserve is 512 MiB (Scoring__ReserveMiB)\n")]
    [InlineData(512, null, "")]
    [InlineData(300, "100", "")]
    [InlineData(300, "0", "")]
    [InlineData(600, "1024", "  No payment over HTTP is accepted: the volume / has 600 MiB free, and the reserve is 1 GiB (Scoring__ReserveMiB)\n")]
    public void Say_NamesTheVolume_WhereLessIsFreeThanTheReserve(double freeMiB, string? reserve, string said)
    {
        _volumes["/"] = freeMiB;
        using var data = DataFolder.Open(UpOptions.Parse(["--data", _folder], out _)!);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("Scoring:ReserveMiB", reserve)]).Build();
        new SpaceLine(_volumes, data, configuration, _console).Say();
        Assert.Equal(said, _console.ToString());
    }
}
