using Aegis.Core.Decisions;

namespace Aegis.Rules.Lists;

/// <summary>An entry that came onto a list or left it.</summary>
/// <param name="List">The list.</param>
/// <param name="Entry">The entry's number.</param>
/// <param name="Value">The value, as <see cref="ListValues.Normalise"/> writes it.</param>
/// <param name="UntilMs">The log's stamp from which on it is not in force, Unix milliseconds; <see cref="long.MaxValue"/> for
/// never.</param>
/// <param name="IsAdded">True if it came, false if it left.</param>
public readonly record struct ListChange(ListInfo List, long Entry, string Value, long UntilMs, bool IsAdded);

/// <summary>A snooze that began or ended: one rule decides nothing for one card or merchant for a while.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Of">Card or merchant.</param>
/// <param name="Value">The card's token or the merchant's id.</param>
/// <param name="UntilMs">The log's stamp from which on it is not in force, Unix milliseconds.</param>
/// <param name="IsAdded">True if it began, false if it ended.</param>
public readonly record struct SnoozeChange(string Rule, ListSubject Of, string Value, long UntilMs, bool IsAdded);
