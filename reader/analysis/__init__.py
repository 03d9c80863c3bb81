"""What stands in an article: language, sentences, notices, quotes, speakers, people. Pure Python, no Qt."""
