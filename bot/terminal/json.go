package terminal

import (
	"mujaz/bot/phrase"
	"mujaz/index/answer"
)

// The JSON form of a reply. Scripts rely on the names.
type (
	replyJSON struct {
		Question   string        `json:"question"`
		Kind       answer.Kind   `json:"kind"`
		Confidence float64       `json:"confidence"` // 0..1
		Summary    summaryJSON   `json:"summary"`
		Excerpts   []excerptJSON `json:"excerpts"`
		Understood []asJSON      `json:"understood,omitempty"`
		Missing    []string      `json:"missing,omitempty"` // words that no document contains
		FollowUps  []string      `json:"follow_ups,omitempty"`
		TookMS     float64       `json:"took_ms"`
	}
	summaryJSON struct {
		Lead     *pointJSON    `json:"lead"`
		Sections []sectionJSON `json:"sections"`
	}
	sectionJSON struct {
		Label string      `json:"label"`
		Items []pointJSON `json:"items"`
	}
	pointJSON struct {
		Text string `json:"text"`          // verbatim substring of the cited excerpt
		Cite int    `json:"cite"`          // excerpts[].n
		Cut  bool   `json:"cut,omitempty"` // the sentence goes on
	}
	excerptJSON struct {
		N         int     `json:"n"`
		Document  string  `json:"document"`
		Title     string  `json:"title"`
		Source    string  `json:"source"`
		Date      string  `json:"date"`
		Paragraph int     `json:"paragraph"` // 0-based
		Text      string  `json:"text"`
		Score     float64 `json:"score"`
	}
	asJSON struct {
		Typed string        `json:"typed"`
		As    string        `json:"as"`
		Why   answer.Reason `json:"why"`
	}
)

// encode lists the k best excerpts, and of the summary what cites them.
func encode(a answer.Answer, k int) replyJSON {
	a.Excerpts = a.Excerpts[:min(k, len(a.Excerpts))]
	out := replyJSON{
		Question: a.Question, Kind: a.Kind, Confidence: a.Confidence, Missing: a.Missing, FollowUps: a.FollowUps,
		TookMS: float64(a.Took.Microseconds()) / 1000, Excerpts: []excerptJSON{},
	}
	out.Summary = encodeSummary(a)
	for _, e := range a.Excerpts {
		out.Excerpts = append(out.Excerpts, excerptJSON{
			e.N, e.Ref.Document, e.Title, e.Source, e.Date, e.Ref.Paragraph, e.Text, e.Score,
		})
	}
	for _, u := range a.Understood {
		out.Understood = append(out.Understood, asJSON{u.Typed, u.As, u.Why})
	}
	return out
}

func encodeSummary(a answer.Answer) summaryJSON {
	out := summaryJSON{Sections: []sectionJSON{}}
	if a.Summary.Lead != nil {
		lead := encodePoint(*a.Summary.Lead)
		out.Lead = &lead
	}
	phrases := phrase.For(a.Language, phrase.Options{})
	for _, s := range a.Summary.Sections {
		section := sectionJSON{Label: phrases.T("label." + string(s.Label)), Items: []pointJSON{}}
		if s.Label == answer.Positions && s.Side != "" {
			section.Label = phrases.T("label.positions.side", s.Side)
		}
		for _, point := range s.Points {
			if point.Cite <= len(a.Excerpts) {
				section.Items = append(section.Items, encodePoint(point))
			}
		}
		if len(section.Items) > 0 {
			out.Sections = append(out.Sections, section)
		}
	}
	return out
}

func encodePoint(p answer.Point) pointJSON { return pointJSON{p.Text, p.Cite, p.Cut} }
