using Aegis.Client;
using Aegis.Core.Decisions;

namespace Aegis.Training.Exporting;

/// <summary>A payment with its features, as a row of a table for analysis.</summary>
/// <param name="Id">The transaction's id.</param>
/// <param name="CardToken">The card's token.</param>
/// <param name="EventTime">When the payment took place.</param>
/// <param name="Features">The feature vector.</param>
/// <param name="IsFraud">The label; null if there is none.</param>
/// <param name="LabelKnownAt">When the label became known; null if that is not known, or there is none.</param>
/// <param name="Outcome">How it was decided; null if no model did.</param>
/// <param name="Assessment">The scores; null if no model gave any.</param>
/// <param name="Model">The model's version; null if there was none.</param>
internal sealed record ExportedRow(
    string Id, string CardToken, DateTimeOffset EventTime, IReadOnlyList<float> Features, bool? IsFraud, DateTimeOffset? LabelKnownAt,
    DecisionOutcome? Outcome, Assessment? Assessment, string? Model)
{
    /// <summary>A stored decision as a row.</summary>
    public static ExportedRow Of(DecidedFeatures decided) => new(
        decided.Id, decided.CardToken, decided.EventTime, decided.Features, decided.IsFraud, decided.LabelKnownAt, decided.Outcome,
        decided.Assessment, decided.ModelVersion);
}
