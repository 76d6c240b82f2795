using Aegis.Rules.Lists;

namespace Aegis.Scoring.Storage;

/// <summary>A list in the store.</summary>
/// <param name="List">The list.</param>
/// <param name="Description">What it is for; null if nobody said.</param>
/// <param name="Author">Who made it.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When, UTC.</param>
internal sealed record StoredList(ListInfo List, string? Description, string Author, string Reason, DateTimeOffset At);

/// <summary>An entry to put on a list.</summary>
/// <param name="Value">The value, as <see cref="ListValues.Normalise"/> writes it.</param>
/// <param name="Reason">Why; null for the reason of the change.</param>
/// <param name="Until">When it ends; null for never.</param>
internal readonly record struct NewEntry(string Value, string? Reason, DateTimeOffset? Until);

/// <summary>Who changes lists, why and when.</summary>
internal readonly record struct ListAuthor(string Name, string Reason, DateTimeOffset At);

/// <summary>What a change of a list did.</summary>
/// <param name="Revision">The revision; that of the change before if this one did nothing.</param>
/// <param name="Added">The entries that came.</param>
/// <param name="Removed">The entries that left, replaced ones included.</param>
internal readonly record struct ListEffects(long Revision, int Added, int Removed);
