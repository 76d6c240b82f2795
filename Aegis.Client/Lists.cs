using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>A list to make.</summary>
/// <param name="Of">What its entries are: card, merchant, device, ip, country or bin.</param>
/// <param name="Effect">What it does by itself: allow, block, watch, or none, if rules name it.</param>
/// <param name="Description">What it is for, at most 500 characters.</param>
/// <param name="By">Who makes it, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record ListRequest(string? Of, string? Effect = "none", string? Description = null, string? By = null, string? Why = null)
    : ISaysBy;

/// <summary>An entry to put on a list.</summary>
/// <param name="Value">The value; on a list of cards a token, or a card number, which is exchanged for its token.</param>
/// <param name="Reason">Why; null for the reason of the request.</param>
/// <param name="Until">When it ends, UTC; null for never.</param>
public sealed record ListEntryRequest(string? Value, string? Reason = null, string? Until = null);

/// <summary>Entries to put on a list. A value that stands there gets the new reason and end.</summary>
/// <param name="Entries">The entries, 1 to 100,000.</param>
/// <param name="By">Who does so, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record ListEntriesRequest(IReadOnlyList<ListEntryRequest>? Entries, string? By = null, string? Why = null) : ISaysBy;

/// <summary>Values to remove from a list.</summary>
/// <param name="Values">The values, 1 to 100,000.</param>
/// <param name="By">Who does so, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record ListRemovalRequest(IReadOnlyList<string>? Values, string? By = null, string? Why = null) : ISaysBy;

/// <summary>What a change did.</summary>
/// <param name="Revision">The revision of lists and snoozes that it made; that of the change before if it did nothing.</param>
/// <param name="Added">The entries that came.</param>
/// <param name="Removed">The entries that left, replaced ones included.</param>
public sealed record ListChanged(long Revision, int Added, int Removed);

/// <summary>A list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">What its entries are.</param>
/// <param name="Effect">What it does by itself.</param>
/// <param name="Description">What it is for.</param>
/// <param name="By">Who made it.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Entries">The number of entries.</param>
public sealed record ListReport(
    string Name, ListSubject Of, ListEffect Effect, string? Description, string By, string Why, DateTimeOffset At, long Entries);

/// <summary>An entry of a list.</summary>
/// <param name="Id">Its number, which decisions name.</param>
/// <param name="Value">The value.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="By">Who put it there.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Until">When it ends or ended, UTC; null for never.</param>
/// <param name="Removed">Its removal; null if it was not removed.</param>
public sealed record ListEntryReport(
    long Id, string Value, string Reason, string By, DateTimeOffset Since, DateTimeOffset? Until, ListRemoval? Removed = null);

/// <summary>The removal of an entry.</summary>
/// <param name="By">Who removed it.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
public sealed record ListRemoval(string By, string Why, DateTimeOffset At);

/// <summary>A page of a list, newest entries first.</summary>
/// <param name="List">The list.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Next">The value of <c>before</c> for the next page; null on the last page.</param>
public sealed record ListPage(ListReport List, IReadOnlyList<ListEntryReport> Entries, long? Next);

/// <summary>A snooze to begin: one rule decides nothing for one card or merchant until a date.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Of">card or merchant.</param>
/// <param name="Value">The card's token or number, or the merchant's id.</param>
/// <param name="Until">When it ends, UTC.</param>
/// <param name="By">Who does so, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record SnoozeRequest(string? Rule, string? Of, string? Value, string? Until, string? By = null, string? Why = null) : ISaysBy;

/// <summary>A snooze to end before its time.</summary>
/// <param name="By">Who does so, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record SnoozeEndRequest(string? By, string? Why) : ISaysBy;

/// <summary>A snooze.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Of">Card or merchant.</param>
/// <param name="Value">The card's token or the merchant's id.</param>
/// <param name="Until">When it ends or ended, UTC.</param>
/// <param name="By">Who began it.</param>
/// <param name="Why">Why.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record SnoozeReport(
    long Id, string Rule, ListSubject Of, string Value, DateTimeOffset Until, string By, string Why, DateTimeOffset Since);
