using Aegis.Core.Detection;
using Aegis.Core.Transactions;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Models;

/// <summary>The model that decides.</summary>
internal sealed class ModelInForce
{
    /// <exception cref="FraudModelFormatException">The bundle is missing, damaged or made for something else.</exception>
    public ModelInForce(IOptions<ScoringOptions> options, Streams.StreamOptions streams)
    {
        var path = options.Value.ModelPath;
        if (!File.Exists(path))
        {
            throw new FraudModelFormatException($"There is no model bundle at '{path}'. Train one: dotnet run --project Aegis.Training -- train --out {path}");
        }

        Model = FraudModelFile.Read(File.ReadAllBytes(path));
        if (Model.ShardCount != streams.ShardCount)
        {
            throw new FraudModelFormatException($"The bundle at '{path}' was trained for {Model.ShardCount} shards; the log has {streams.ShardCount}. Train again with --shards {streams.ShardCount}.");
        }

        Rates = options.Value.RatesPath is { Length: > 0 } ratesPath ? CurrencyRates.Parse(File.ReadAllText(ratesPath)) : CurrencyRates.Default;
        if (Model.RatesVersion != Rates.Version)
        {
            throw new FraudModelFormatException($"The bundle at '{path}' was trained with rate table {Model.RatesVersion}; the table in force is {Rates.Version}. Train again.");
        }
    }

    /// <summary>The model.</summary>
    public FraudModel Model { get; }

    /// <summary>The exchange rates that go with it.</summary>
    public CurrencyRates Rates { get; }
}
