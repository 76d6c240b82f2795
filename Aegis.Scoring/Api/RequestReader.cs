using System.Text.Json;
using Aegis.Core.Faults;
using Aegis.Core.Ingestions;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Api;

/// <summary>Reads transactions from request bodies.</summary>
internal sealed class RequestReader(CardTokeniser tokeniser, IngestionIntake ingestions, TimeProvider time)
{
    /// <summary>The largest body of one transaction, in bytes.</summary>
    public const int MaxSingleBytes = 64 << 10;

    /// <summary>Reads one transaction.</summary>
    public async Task<(Transaction? Transaction, List<TransactionFault> Faults)> ReadOneAsync(HttpRequest request)
    {
        var faults = new List<TransactionFault>();
        if (await ParseAsync(request, faults) is not { } document)
        {
            return (null, faults);
        }

        using (document)
        {
            return (TransactionJson.Read(document.RootElement, tokeniser, time.GetUtcNow(), faults), faults);
        }
    }

    /// <summary>Reads one transaction or an array. A single fault rejects the whole request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tally">Counts the items of an array.</param>
    public async Task<(List<Transaction> Transactions, List<TransactionFault> Faults)> ReadManyAsync(
        HttpRequest request, IngestionTally tally)
    {
        var faults = new List<TransactionFault>();
        var transactions = new List<Transaction>();
        if (await ParseAsync(request, faults) is not { } document)
        {
            return (transactions, faults);
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                Add(document.RootElement, transactions, faults, item: 0, tally: null);
                return (transactions, faults);
            }

            if (document.RootElement.GetArrayLength() is > BodyRules.MaxItems and var items)
            {
                faults.Add(TransactionFault.Of("$", $"an array of {items} items", $"at most {BodyRules.MaxItems} items"));
                return (transactions, faults);
            }

            var index = 0;
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (faults.Count >= BodyRules.MaxFaultyItems)
                {
                    break;
                }

                Add(item, transactions, faults, ++index, tally);
            }
        }

        return (transactions, faults);
    }

    /// <summary>Reads one line of NDJSON.</summary>
    public (Transaction? Transaction, List<TransactionFault> Faults) ReadLine(string line)
    {
        var faults = new List<TransactionFault>();
        try
        {
            using var document = JsonDocument.Parse(line);
            return (TransactionJson.Read(document.RootElement, tokeniser, time.GetUtcNow(), faults), faults);
        }
        catch (JsonException e)
        {
            faults.Add(TransactionFault.Of("$", line, $"a JSON object; {FaultMessage.Of(e)}"));
            return (null, faults);
        }
    }

    private void Add(JsonElement json, List<Transaction> transactions, List<TransactionFault> faults, int item, IngestionTally? tally)
    {
        var found = new List<TransactionFault>();
        if (TransactionJson.Read(json, tokeniser, time.GetUtcNow(), found) is { } transaction)
        {
            transactions.Add(transaction);
            if (tally is not null)
            {
                ingestions.Count(tally, item, transaction);
            }
        }
        else
        {
            tally?.Refuse(item, found.Select(fault => fault.ToString()));
        }

        var prefix = item == 0 ? "" : $"[{item - 1}].";
        faults.AddRange(found.Select(fault => fault with { Field = prefix + fault.Field }));
    }

    private static async Task<JsonDocument?> ParseAsync(HttpRequest request, List<TransactionFault> faults)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException e)
        {
            faults.Add(TransactionFault.Of("$", "not JSON", $"a JSON body; {FaultMessage.Of(e)}"));
            return null;
        }
    }
}
