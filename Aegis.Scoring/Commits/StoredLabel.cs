using Aegis.Core.Decisions;

namespace Aegis.Scoring.Commits;

/// <summary>A label that says something new.</summary>
/// <param name="Position">The position of its entry.</param>
/// <param name="Id">The transaction's id.</param>
/// <param name="IsFraud">The verdict.</param>
/// <param name="LabelledAtMs">When it became known, Unix milliseconds.</param>
/// <param name="IsCounted">True if features learn from it.</param>
internal readonly record struct StoredLabel(LogPosition Position, string Id, bool IsFraud, long LabelledAtMs, bool IsCounted);
