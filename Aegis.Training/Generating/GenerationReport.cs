using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Generating;

/// <summary>What a data set holds.</summary>
/// <param name="Payments">Payments written.</param>
/// <param name="Rules">What rules without any model catch among them.</param>
internal sealed record GenerationReport(long Payments, TrivialRules Rules)
{
    /// <summary>Fraudulent payments.</summary>
    public long Frauds => Rules.Amount.Frauds;

    /// <summary>Share of payments that are fraudulent; 0 where there are none.</summary>
    public double FraudShare => Frauds / (double)Math.Max(1, Payments);
}
