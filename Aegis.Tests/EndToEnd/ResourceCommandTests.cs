using System.Net;
using System.Net.Http.Json;

namespace Aegis.Tests.EndToEnd;

/// <summary>The commands that the Aspire dashboard offers, given as its buttons give them.</summary>
public sealed class ResourceCommandTests : IAsyncLifetime
{
    private const int Count = 60;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private readonly string _folder = Repository.TemporaryFolder();
    private RunningAegis _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await RunningAegis.StartAsync(_folder, "--count", $"{Count}", "--rate", "100");
        await _app.WaitForHealthyAsync("producer");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Commands_DoWhatTheySay()
    {
        await _app.WaitForDecidedAsync(Count, Limit);
        await Succeed("producer", "pause");
        await Succeed("producer", "send");
        await Task.Delay(1_000);
        Assert.Equal(Count, (await _app.StatisticsAsync()).Decided);
        await Succeed("producer", "resume");
        await _app.WaitForDecidedAsync(Count + 200, Limit);

        using var unknown = await _app.Producer.PostAsync("/scenarios/no-such-fraud", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var begun = await _app.Producer.PostAsync("/scenarios/card_testing", null);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        await _app.WaitForDecidedAsync(Count + 201, Limit);

        await Succeed("scoring", "backup");
        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "backups"))), "backup.json")));
        await Succeed("training", "retrain");
        var model = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "models")));
        Assert.EndsWith(".model", model, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payments_OfAWrongCount_NamesWhatIsAllowed()
    {
        using var response = await _app.Producer.PostAsync("/payments/0", null);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("1 to 100000", (await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("detail")
            .GetString()!, StringComparison.Ordinal);
    }

    private async Task Succeed(string resource, string command)
    {
        var result = await _app.CommandAsync(resource, command);
        Assert.True(result.Success, $"{resource} {command}: {result.Message}\n{_app.Log}");
    }
}
