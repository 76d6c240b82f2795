namespace Aegis.Client;

/// <content>Suites of made-up payments.</content>
public sealed partial class AegisClient
{
    /// <summary>All suites, by name.</summary>
    public Task<IReadOnlyList<SuiteReport>> SuitesAsync(CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<SuiteReport>>("suites", cancel);

    /// <summary>Writes a suite, or a new version of it.</summary>
    public Task<SuiteReport> WriteSuiteAsync(string name, SuiteRequest suite, CancellationToken cancel = default) =>
        PutAsync<SuiteReport>($"suites/{Uri.EscapeDataString(name)}", suite, cancel);

    /// <summary>Removes a suite; its versions are kept.</summary>
    public Task<SuiteReport> RemoveSuiteAsync(string name, SuiteRemoval removal, CancellationToken cancel = default) =>
        PostAsync<SuiteReport>($"suites/{Uri.EscapeDataString(name)}/remove", removal, cancel);

    /// <summary>Runs a suite with the rules in force, or with others.</summary>
    public Task<SuiteRun> RunSuiteAsync(string name, SuiteRunRequest run, CancellationToken cancel = default) =>
        PostAsync<SuiteRun>($"suites/{Uri.EscapeDataString(name)}/run", run, cancel);
}
