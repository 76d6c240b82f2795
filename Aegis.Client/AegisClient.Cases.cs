namespace Aegis.Client;

/// <content>Cases and verdicts.</content>
public sealed partial class AegisClient
{
    /// <summary>A page of cases.</summary>
    /// <param name="state">open, waiting, closed, unfinished (open and waiting) or all.</param>
    /// <param name="owner">Only those that this analyst works on; null for all.</param>
    /// <param name="card">Only those of this card's token; null for all.</param>
    /// <param name="order">priority for the largest expected loss first, age for the oldest first.</param>
    /// <param name="after">The page before's <see cref="CasePage.Next"/>; null for the first page.</param>
    /// <param name="limit">The most cases, 1 to 500.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<CasePage> CasesAsync(
        string state = "unfinished", string? owner = null, string? card = null, string order = "priority", string? after = null,
        int limit = 50, CancellationToken cancel = default)
    {
        var filters = new[] { ("owner", owner), ("card", card), ("after", after) }.Where(filter => filter.Item2 is not null)
            .Select(filter => $"&{filter.Item1}={Uri.EscapeDataString(filter.Item2!)}");
        return GetAsync<CasePage>($"cases?state={state}&order={order}&limit={limit}{string.Concat(filters)}", cancel);
    }

    /// <summary>A case with all that belongs to it; null if there is none of this number.</summary>
    public Task<CaseReport?> FindCaseAsync(long id, CancellationToken cancel = default) => FindAsync<CaseReport>($"cases/{id}", cancel);

    /// <summary>Takes a case, so that nobody else changes it for a while.</summary>
    public Task<CaseSummary> ClaimCaseAsync(long id, CaseClaimRequest claim, CancellationToken cancel = default) =>
        PostAsync<CaseSummary>($"cases/{id}/claim", claim, cancel);

    /// <summary>Gives a case back.</summary>
    public Task<CaseSummary> ReleaseCaseAsync(long id, CaseClaimRequest claim, CancellationToken cancel = default) =>
        PostAsync<CaseSummary>($"cases/{id}/release", claim, cancel);

    /// <summary>Adds a note.</summary>
    public Task<CaseSummary> NoteCaseAsync(long id, CaseNoteRequest note, CancellationToken cancel = default) =>
        PostAsync<CaseSummary>($"cases/{id}/notes", note, cancel);

    /// <summary>Opens, closes or puts off a case.</summary>
    public Task<CaseSummary> MoveCaseAsync(long id, CaseStateRequest step, CancellationToken cancel = default) =>
        PostAsync<CaseSummary>($"cases/{id}/state", step, cancel);

    /// <summary>Adds a file.</summary>
    /// <param name="id">The case.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="content">At most 5 MB.</param>
    /// <param name="by">The analyst.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<CaseFileReport> AddCaseFileAsync(
        long id, string name, ReadOnlyMemory<byte> content, string by, CancellationToken cancel = default) =>
        SendAsync<CaseFileReport>(
            HttpMethod.Post, $"cases/{id}/files?name={Uri.EscapeDataString(name)}&by={Uri.EscapeDataString(by)}", content,
            "application/octet-stream", cancel);

    /// <summary>The content of a file.</summary>
    public async Task<byte[]> CaseFileAsync(long id, long file, CancellationToken cancel = default)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"cases/{id}/files/{file}"), cancel);
        return await AnswerAsync(() => response.Content.ReadAsByteArrayAsync(cancel), cancel);
    }

    /// <summary>Gives a verdict.</summary>
    public Task<VerdictReport> JudgeAsync(VerdictRequest verdict, CancellationToken cancel = default) =>
        PostAsync<VerdictReport>("verdicts", verdict, cancel);

    /// <summary>Undoes a verdict within ten minutes.</summary>
    public Task<VerdictReport> UndoVerdictAsync(long id, VerdictUndoRequest undo, CancellationToken cancel = default) =>
        PostAsync<VerdictReport>($"verdicts/{id}/undo", undo, cancel);

    /// <summary>The verdicts on a transaction, oldest first.</summary>
    public Task<IReadOnlyList<VerdictReport>> VerdictsAsync(string transaction, CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<VerdictReport>>($"verdicts?transaction={Uri.EscapeDataString(transaction)}", cancel);
}
