namespace Aegis.Tests.EndToEnd;

/// <summary>One running application for the tests that only talk to it; simulated payments at 60 a second.</summary>
public sealed class SharedAegis : IAsyncLifetime
{
    internal const int Count = 300;

    private readonly string _folder = Repository.TemporaryFolder();

    internal RunningAegis App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await RunningAegis.StartAsync(_folder, "--count", $"{Count}", "--rate", "60");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Tests that share one running application, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedAegisGroup : ICollectionFixture<SharedAegis>
{
    public const string Name = "shared application";
}
