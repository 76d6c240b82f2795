using System.Text;

namespace Aegis.Client;

/// <content>Lists and snoozes.</content>
public sealed partial class AegisClient
{
    /// <summary>All lists.</summary>
    public Task<IReadOnlyList<ListReport>> ListsAsync(CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<ListReport>>("lists", cancel);

    /// <summary>Makes an empty list.</summary>
    public Task<ListReport> MakeListAsync(string name, ListRequest list, CancellationToken cancel = default) =>
        PutAsync<ListReport>(ListPath(name), list, cancel);

    /// <summary>A list and a page of its entries, newest first; null if there is no such list.</summary>
    /// <param name="name">The list's name.</param>
    /// <param name="value">Only the entry of this value; null for all.</param>
    /// <param name="before">The page before's <see cref="ListPage.Next"/>; null for the newest.</param>
    /// <param name="limit">The most entries, 1 to 1,000.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<ListPage?> FindListAsync(
        string name, string? value = null, long? before = null, int limit = 100, CancellationToken cancel = default) =>
        FindAsync<ListPage>(
            $"{ListPath(name)}?limit={limit}{(before is { } id ? $"&before={id}" : "")}"
                + (value is null ? "" : $"&value={Uri.EscapeDataString(value)}"), cancel);

    /// <summary>An entry of a list, also one that was removed; null if there is none of this number.</summary>
    public Task<ListEntryReport?> FindListEntryAsync(string name, long id, CancellationToken cancel = default) =>
        FindAsync<ListEntryReport>($"{ListPath(name)}/entries/{id}", cancel);

    /// <summary>Puts entries on a list, all or none of them.</summary>
    public Task<ListChanged> PutOnListAsync(string name, ListEntriesRequest entries, CancellationToken cancel = default) =>
        PostAsync<ListChanged>($"{ListPath(name)}/entries", entries, cancel);

    /// <summary>Removes values from a list.</summary>
    public Task<ListChanged> RemoveFromListAsync(string name, ListRemovalRequest values, CancellationToken cancel = default) =>
        PostAsync<ListChanged>($"{ListPath(name)}/removals", values, cancel);

    /// <summary>Puts the entries of a CSV file on a list, all or none of them.</summary>
    /// <param name="name">The list's name.</param>
    /// <param name="csv">The file: a header, and the columns value, reason and until.</param>
    /// <param name="by">Who does so.</param>
    /// <param name="why">Why.</param>
    /// <param name="replaces">True to remove all other entries.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<ListChanged> ImportListAsync(
        string name, string csv, string by, string why, bool replaces = false, CancellationToken cancel = default) =>
        SendAsync<ListChanged>(
            HttpMethod.Post,
            $"{ListPath(name)}/csv?by={Uri.EscapeDataString(by)}&why={Uri.EscapeDataString(why)}{(replaces ? "&replace=true" : "")}",
            Encoding.UTF8.GetBytes(csv), "text/csv", cancel);

    /// <summary>The entries of a list as CSV.</summary>
    public async Task<string> ExportListAsync(string name, CancellationToken cancel = default)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{ListPath(name)}/csv"), cancel);
        return await AnswerAsync(() => response.Content.ReadAsStringAsync(cancel), cancel);
    }

    /// <summary>The snoozes that nobody has ended.</summary>
    public Task<IReadOnlyList<SnoozeReport>> SnoozesAsync(CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<SnoozeReport>>("snoozes", cancel);

    /// <summary>Makes a rule decide nothing for a card or merchant until a date.</summary>
    public Task<ListChanged> SnoozeAsync(SnoozeRequest snooze, CancellationToken cancel = default) =>
        PostAsync<ListChanged>("snoozes", snooze, cancel);

    /// <summary>Ends a snooze before its time.</summary>
    public Task<ListChanged> EndSnoozeAsync(long id, SnoozeEndRequest end, CancellationToken cancel = default) =>
        PostAsync<ListChanged>($"snoozes/{id}/end", end, cancel);

    private static string ListPath(string name) => $"lists/{Uri.EscapeDataString(name)}";
}
